(* max_pool3d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.max_pool3d.

Goal True. idtac "theorem" "max_pool3d_grad_x_is_adjoint". Abort.
Print Assumptions Convproof.max_pool3d.max_pool3d_grad_x_is_adjoint.
