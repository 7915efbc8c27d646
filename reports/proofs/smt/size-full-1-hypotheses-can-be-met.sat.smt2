(set-logic QF_NIA)
(assert (not false))
(check-sat)
