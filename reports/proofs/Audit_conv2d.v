(* conv2d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.conv2d.

Goal True. idtac "theorem" "conv2d_grad_x_is_adjoint". Abort.
Print Assumptions Convproof.conv2d.conv2d_grad_x_is_adjoint.
Goal True. idtac "theorem" "conv2d_grad_kernel_is_adjoint". Abort.
Print Assumptions Convproof.conv2d.conv2d_grad_kernel_is_adjoint.
