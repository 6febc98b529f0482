"""The trained network as an ONNX graph that computes with 8-bit numbers.

Notes for a newcomer. The graph is written node by node: it is small, and so the export needs neither a tracer nor what
torch's exporters ask for. All scales are fixed here, none is taken from the numbers that pass through: what a sentence
scores does not depend on its neighbours in a batch. States enter a product normalised, within `LARGEST`, as unsigned
numbers around 128. Weights have 7 bits and a scale for each output, since processors without VNNI add two products in
16 bits, which 8-bit weights overflow (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from models.network import LARGEST, Convolutions, Tagger

_OPSET = 17
# onnxruntime's own operators, of which one multiplies 8-bit numbers and scales the result.
_RUNTIME = "com.microsoft"
# What stands for nothing, and the steps on either side of it.
_ZERO = 128
_STEPS = 127
_WEIGHT_STEPS = 63
_EPSILON = 1e-5

_Floats = npt.NDArray[np.float32]


def export(tagger: Tagger, path: Path, heads: tuple[str, ...]) -> None:
    """Write `tagger` to `path`, its weights brought to 8 bits.

    Inputs of the graph are chars, pairs and words (int64; n, pairs n + 1); each head is an output (float; n, labels) of
    its name. Several sequences are read in one row with padding between them, `max(spans)` characters at least.

    Args:
        heads: which heads to keep.
    """
    model = _model(tagger, heads)
    onnx.checker.check_model(model)
    onnx.save(model, path)


class _Graph:
    """Nodes and weights under way to a graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}
        self.zero = self.weight("zero", np.asarray(_ZERO, dtype=np.uint8))

    def weight(self, name: str, array: npt.NDArray[Any]) -> str:
        self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def integers(self, *numbers: int) -> str:
        return self.weight("_".join(map(str, ("integers", *numbers))), np.asarray(numbers, dtype=np.int64))

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def rows(self, table: nn.Embedding, ids: str) -> tuple[str, float]:
        """The rows of `table` in 8 bits, and what one step of them is worth."""
        array = _array(table.weight)
        step = float(np.abs(array).max()) / _STEPS
        steps = np.round(array / step) + _ZERO
        name = self.weight(f"{ids}_table", steps.astype(np.uint8))
        return self.add("Gather", [name, ids], f"{ids}_rows"), step

    def product(self, states: str, weight: _Floats, bias: _Floats, name: str) -> str:
        """8-bit `states` times `weight` (inputs, outputs), in which what a step is worth is contained, plus `bias`."""
        steps = np.maximum(np.abs(weight).max(axis=0), np.finfo(np.float32).tiny) / _WEIGHT_STEPS
        whole = self.weight(f"{name}_weight", np.round(weight / steps).astype(np.int8))
        one = self.weight("one", np.asarray(1, dtype=np.float32))
        scale = self.weight(f"{name}_steps", steps.astype(np.float32))
        inputs = [states, whole, one, scale, self.zero, "", self.weight(f"{name}_bias", bias)]
        return self.add("MatMulIntegerToFloat", inputs, f"{name}_product", domain=_RUNTIME)

    def normal(self, states: str, channels: int, present: str, name: str) -> str:
        """`states` normalised, nothing where no character is, in 8 bits."""
        ones = self.weight("ones", np.ones(channels, dtype=np.float32))
        normal = self.add("LayerNormalization", [states, ones], f"{name}_normal", axis=-1, epsilon=_EPSILON)
        here = self.add("Mul", [normal, present], f"{name}_here")
        step = self.weight("step", np.asarray(LARGEST / _STEPS, dtype=np.float32))
        return self.add("QuantizeLinear", [here, step, self.zero], f"{name}_steps_here")


def _model(tagger: Tagger, heads: tuple[str, ...]) -> onnx.ModelProto:
    graph = _Graph()
    body = tagger.encoder.body
    states = _convolutions(graph, body, _embedded(graph, tagger))
    outputs = []
    for head in heads:
        linear = tagger.heads[head]
        assert isinstance(linear, nn.Linear)  # noqa: S101  (for the type checker)
        product = graph.add("MatMul", [states, graph.weight(f"{head}_weight", _array(linear.weight).T)], f"{head}_raw")
        graph.add("Add", [product, graph.weight(f"{head}_bias", _array(linear.bias))], head)
        outputs.append(helper.make_tensor_value_info(head, TensorProto.FLOAT, ["characters", linear.out_features]))
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [size])
        for name, size in (("chars", "characters"), ("pairs", "borders"), ("words", "characters"))
    ]
    made = helper.make_graph(graph.nodes, "tagger", inputs, outputs, list(graph.weights.values()))
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9)


def _embedded(graph: _Graph, tagger: Tagger) -> str:
    """The features of every character, brought to the width of the convolutions."""
    encoder = tagger.encoder
    chars, char_step = graph.rows(encoder.chars, "chars")
    pairs, pair_step = graph.rows(encoder.pairs, "pairs")
    words, word_step = graph.rows(encoder.words, "words")
    axis, second, far = graph.integers(0), graph.integers(1), graph.integers(2**62)
    left = graph.add("Slice", [pairs, axis, graph.integers(-1), axis], "left_pairs")
    right = graph.add("Slice", [pairs, second, far, axis], "right_pairs")
    features = graph.add("Concat", [chars, left, right, words], "features", axis=1)
    sizes = [encoder.chars.embedding_dim, 2 * encoder.pairs.embedding_dim, encoder.words.embedding_dim]
    worth = np.repeat(np.asarray([char_step, pair_step, word_step], dtype=np.float32), sizes)
    projection = encoder.body.projection
    return graph.product(features, _array(projection.weight).T * worth[:, None], _array(projection.bias), "projection")


def _convolutions(graph: _Graph, body: Convolutions, states: str) -> str:
    """As `Convolutions.forward`."""
    channels = body.projection.out_features
    present = _present(graph)
    axis, far = graph.integers(0), graph.integers(2**62)
    for index, (span, product) in enumerate(zip(body.spans, body.products, strict=True)):
        assert isinstance(product, nn.Linear)  # noqa: S101  (for the type checker)
        name = f"layer_{index}"
        here = graph.normal(states, channels, present, name)
        padded = graph.add("Pad", [here, graph.integers(span, 0, span, 0), graph.zero], f"{name}_padded")
        before = graph.add("Slice", [padded, axis, graph.integers(-2 * span), axis], f"{name}_before")
        after = graph.add("Slice", [padded, graph.integers(2 * span), far, axis], f"{name}_after")
        three = graph.add("Concat", [before, here, after], f"{name}_three", axis=1)
        moved = graph.product(three, _array(product.weight).T * (LARGEST / _STEPS), _array(product.bias), name)
        states = graph.add("Add", [states, graph.add("Relu", [moved], f"{name}_relu")], f"{name}_states")
    return states


def _present(graph: _Graph) -> str:
    """One where there is a character, nought in padding (n, 1)."""
    nothing = graph.weight("nothing", np.asarray(0, dtype=np.int64))
    present = graph.add(
        "Cast", [graph.add("Greater", ["chars", nothing], "within")], "within_float", to=TensorProto.FLOAT
    )
    return graph.add("Unsqueeze", [present, graph.integers(1)], "present")


def _array(parameter: Tensor) -> _Floats:
    array: _Floats = parameter.detach().numpy()
    return array
