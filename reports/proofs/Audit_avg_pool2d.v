(* avg_pool2d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.avg_pool2d.

Goal True. idtac "theorem" "avg_pool2d_grad_x_is_adjoint". Abort.
Print Assumptions Convproof.avg_pool2d.avg_pool2d_grad_x_is_adjoint.
