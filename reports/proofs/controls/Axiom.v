Axiom it : 1 + 1 = 3.
Print Assumptions it.
