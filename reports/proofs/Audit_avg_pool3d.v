(* avg_pool3d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.avg_pool3d.

Goal True. idtac "theorem" "avg_pool3d_grad_x_is_adjoint". Abort.
Print Assumptions Convproof.avg_pool3d.avg_pool3d_grad_x_is_adjoint.
