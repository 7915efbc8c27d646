(set-logic QF_NIA)
(declare-const x Int)
(assert (= (* 2 x) 7))
(check-sat)
