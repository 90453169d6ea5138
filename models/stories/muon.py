"""Muon: momentum whose matrices are approximately orthogonalised before each step."""

from collections import defaultdict

import torch


def orthogonal(matrices: torch.Tensor, rounds: int = 5) -> torch.Tensor:
    """Brings all singular values of a stack of matrices close to one by a Newton-Schulz iteration."""
    x = matrices if matrices.shape[1] <= matrices.shape[2] else matrices.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(rounds):
        square = x @ x.mT
        x = 3.4445 * x + (2.0315 * square @ square - 4.7750 * square) @ x
    return x if matrices.shape[1] <= matrices.shape[2] else x.mT


class Muon(torch.optim.Optimizer):
    """For matrices only; those of equal shape are batched."""

    def __init__(self, matrices, lr: float, momentum: float = 0.95, weight_decay: float = 0.0):
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            shapes = defaultdict(list)
            for matrix in group["params"]:
                shapes[matrix.shape].append(matrix)
            for (rows, columns), matrices in shapes.items():
                steps = orthogonal(torch.stack([self.direction(matrix, group["momentum"]) for matrix in matrices]))
                size = group["lr"] * max(1.0, rows / columns) ** 0.5
                for matrix, step in zip(matrices, steps):
                    matrix.mul_(1 - group["lr"] * group["weight_decay"]).add_(step, alpha=-size)

    def direction(self, matrix: torch.Tensor, momentum: float) -> torch.Tensor:
        """Nesterov momentum."""
        mean = self.state[matrix].setdefault("mean", torch.zeros_like(matrix))
        mean.lerp_(matrix.grad, 1 - momentum)
        return matrix.grad.lerp(mean, momentum)
