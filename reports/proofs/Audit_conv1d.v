(* conv1d: each theorem against its statement. *)
Require Import ZArith Bool List.
Import ListNotations.
Open Scope Z_scope.
Require Convproof.conv1d.

Goal True. idtac "theorem" "conv1d_grad_x_is_adjoint". Abort.
Print Assumptions Convproof.conv1d.conv1d_grad_x_is_adjoint.
Goal True. idtac "theorem" "conv1d_grad_kernel_is_adjoint". Abort.
Print Assumptions Convproof.conv1d.conv1d_grad_kernel_is_adjoint.
