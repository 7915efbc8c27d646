(* avg_pool1d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.avg_pool1d.

Goal True. idtac "theorem" "avg_pool1d_grad_x_is_adjoint". Abort.
Print Assumptions Convproof.avg_pool1d.avg_pool1d_grad_x_is_adjoint.
