(* max_pool2d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.max_pool2d.

Goal True. idtac "theorem" "max_pool2d_grad_x_is_adjoint". Abort.
Print Assumptions Convproof.max_pool2d.max_pool2d_grad_x_is_adjoint.
