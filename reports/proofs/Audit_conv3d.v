(* conv3d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.conv3d.

Goal True. idtac "theorem" "conv3d_grad_x_is_adjoint". Abort.
Print Assumptions Convproof.conv3d.conv3d_grad_x_is_adjoint.
Goal True. idtac "theorem" "conv3d_grad_kernel_is_adjoint". Abort.
Print Assumptions Convproof.conv3d.conv3d_grad_kernel_is_adjoint.
