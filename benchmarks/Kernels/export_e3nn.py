#!/usr/bin/env python3
"""Exports the operations of this benchmark from your e3nn as TorchScript, one file each, for `--e3nn FOLDER`.

    PYTHONHASHSEED=1 python export_e3nn.py FOLDER [NAME ...]

Needs e3nn >= 0.5 and the PyTorch it runs on. opt_einsum breaks ties between contraction orders by the hashes of strings, so the program
that e3nn writes depends on PYTHONHASHSEED: export with a few seeds into a folder each, pass them all, and the fastest counts.
"""
import argparse
import math
import os
import pathlib
import platform
import sys

import torch

try:
    import e3nn
    from e3nn import o3
    from e3nn.math import soft_one_hot_linspace
    from e3nn.nn.models.gate_points_2101 import Network
    from e3nn.util import jit
except ImportError as error:
    sys.exit(f"error: {error}; this script needs e3nn (https://github.com/e3nn/e3nn) and what it depends on")

NATURAL = o3.Irreps.spherical_harmonics(11)  # 0e + 1o + 2e + ...: the parities of polynomials


def uvu(nodes, lmax, keep):
    """Every path nodes x Y_l -> what is kept, per-row weights, one output segment a path, sorted: the product inside of a convolution."""
    nodes, edges = o3.Irreps(nodes), o3.Irreps.spherical_harmonics(lmax)
    segments, paths = [], []
    for i, (multiplicity, first) in enumerate(nodes):
        for j, (_, second) in enumerate(edges):
            for ir in first * second:
                if keep(ir):
                    paths.append((i, j, len(segments), "uvu", True))
                    segments.append((multiplicity, ir))
    segments, order, _ = o3.Irreps(segments).sort()
    paths = [(i, j, order[k], mode, weighted) for i, j, k, mode, weighted in paths]
    return o3.TensorProduct(nodes, edges, segments, paths, shared_weights=False, internal_weights=False)


def same(multiplicity, lmax):
    return "+".join(f"{multiplicity}x{l}{'eo'[l % 2]}" for l in range(lmax + 1))


def natural(lmax):
    return lambda ir: ir.l <= lmax and ir in NATURAL


class Layer(torch.nn.Module):
    """e3nn's Compose takes *input, which TorchScript does not."""

    def __init__(self, compose):
        super().__init__()
        self.first, self.second = compose.first, compose.second

    def forward(self, x, z, source, destination, attributes, embedding):
        return self.second(self.first(x, z, source, destination, attributes, embedding))


class Embedding(torch.nn.Module):
    def __init__(self, radius: float, number: int):
        super().__init__()
        self.radius, self.number = radius, number

    def forward(self, length):
        return soft_one_hot_linspace(
            x=length, start=0.0, end=self.radius, number=self.number, basis="gaussian", cutoff=False
        ).mul(self.number**0.5)


def smooth_cutoff(x):
    u = 2 * (x - 1)
    y = (math.pi * u).cos().neg().add(1).div(2)
    y[u > 0] = 0.0
    y[u < -1] = 1.0
    return y


class GivenEdges(torch.nn.Module):
    """The network after its own O(N^2) neighbour search, so that both sides are given the same edges."""

    def __init__(self, network):
        super().__init__()
        self.layers = torch.nn.ModuleList([Layer(l) if hasattr(l, "first") else l for l in network.layers])
        self.harmonics = o3.SphericalHarmonics(network.irreps_edge_attr, True, "component")
        self.radius = float(network.max_radius)
        example = torch.rand(7) * self.radius
        self.embedding = torch.jit.trace(Embedding(self.radius, network.number_of_basis), example)

    def forward(self, positions, x, source, destination):
        vectors = positions[source] - positions[destination]
        lengths = vectors.norm(2, dim=1)
        attributes = smooth_cutoff(lengths / self.radius)[:, None] * self.harmonics(vectors)
        embedding = self.embedding(lengths)
        z = positions.new_ones((positions.shape[0], 1))
        for layer in self.layers:
            x = layer(x, z, source, destination, attributes, embedding)
        return x


def network(inputs, hidden, outputs, lmax, layers, radius, neighbors, neurons=128):
    return GivenEdges(
        Network(
            irreps_in=inputs, irreps_hidden=hidden, irreps_out=outputs, irreps_node_attr=None,
            irreps_edge_attr=o3.Irreps.spherical_harmonics(lmax), layers=layers, max_radius=radius, number_of_basis=10,
            radial_layers=1, radial_neurons=neurons, num_neighbors=neighbors, num_nodes=1.0, reduce_output=False,
        )
    )


FULLY_CONNECTED = "32x0e+32x1o+32x2e"
LINEAR = "128x0e+128x1o+128x2e"
RACKERS = "125x0o+125x0e+40x1o+40x1e+25x2o+25x2e+15x3o+15x3e"
DENSITY = "12x0e+5x1o+4x2e+2x3o+1x4e"

OPERATIONS = {
    "harmonics": lambda: o3.SphericalHarmonics([0, 1, 2, 3, 4], True, "component"),
    "uvu64": lambda: uvu("64x0e+64x1o+64x2e", 3, lambda ir: ir.l <= 2),
    "mace": lambda: uvu(same(128, 3), 3, natural(3)),
    "small": lambda: uvu("16x0e+16x1o", 3, lambda ir: True),
    "fully-connected": lambda: o3.FullyConnectedTensorProduct(FULLY_CONNECTED, "1x0e+1x1o+1x2e", FULLY_CONNECTED),
    "square": lambda: o3.FullTensorProduct("8x0e+8x1o", "8x0e+8x1o"),
    "linear": lambda: o3.Linear(LINEAR, LINEAR),
    "rackers": lambda: network("2x0e", RACKERS, DENSITY, 3, 3, 3.5, 12.2298),
    "forces": lambda: network("4x0e", "32x0e+32x1o+32x2e", "1x0e", 2, 2, 3.5, 16.0, 64),
    "atoms": lambda: network("4x0e", "16x0e+8x1o", "1x0e", 1, 1, 3.5, 16.0, 16),
    **{f"degree-{l}": lambda l=l: uvu(same(16, l), l, natural(l)) for l in range(1, 7)},
    **{f"copies-{m}": lambda m=m: uvu(same(m, 2), 2, natural(2)) for m in (1, 3, 8, 15, 16, 32, 64, 125, 128)},
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("name", nargs="*", help="operations to export; all of them where none is named: " + ", ".join(OPERATIONS))
    arguments = parser.parse_args()
    if unknown := [n for n in arguments.name if n not in OPERATIONS]:
        parser.error(f"there is no operation {', '.join(unknown)}; there are {', '.join(OPERATIONS)}")
    if hasattr(e3nn, "set_optimization_defaults") and "jit_mode" in e3nn.get_optimization_defaults():
        e3nn.set_optimization_defaults(jit_mode="script")

    arguments.folder.mkdir(parents=True, exist_ok=True)
    seed = os.environ.get("PYTHONHASHSEED", "random")
    versions = f"e3nn {e3nn.__version__} exported by PyTorch {torch.__version__}, Python {platform.python_version()}, PYTHONHASHSEED {seed}"
    (arguments.folder / "versions.txt").write_text(versions + "\n")
    for name in arguments.name or OPERATIONS:
        torch.manual_seed(0)
        module = OPERATIONS[name]()
        jit.script(module).save(str(arguments.folder / f"{name}.pt"))
        print(f"{name}: {sum(p.numel() for p in module.parameters())} parameters", flush=True)


if __name__ == "__main__":
    main()
