"""The trained network as an ONNX graph of 8-bit weights.

The graph is written node by node: it is small, and so the export needs neither a tracer nor what torch's exporters ask
for. ONNX's bidirectional LSTM takes the lengths of the sequences, so padding has no effect here either.
"""

import logging
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from models.network import BiLstm, Convolutions, Tagger

_OPSET = 17
# torch keeps the gates of an LSTM as input, forget, cell, output; ONNX as input, output, forget, cell.
_GATES = (0, 3, 1, 2)


def export(tagger: Tagger, path: Path, heads: tuple[str, ...]) -> None:
    """Write `tagger` to `path`, its weights brought to 8 bits.

    Inputs of the graph are chars, pairs, words (int64; batch, longest; pairs one longer) and lengths (int32; batch);
    each head is an output (float; batch, longest, labels) of its name.

    Args:
        heads: which heads to keep.
    """
    model = _graph(tagger, heads)
    onnx.checker.check_model(model)
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx.save(model, whole)
        # It advises a preprocessing by the root logger that this graph does not need.
        quiet = logging.root.manager.disable
        logging.disable(logging.WARNING)
        try:
            quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=False)
        finally:
            logging.disable(quiet)


class _Graph:
    """Nodes and weights under way to a graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, array: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output


def _graph(tagger: Tagger, heads: tuple[str, ...]) -> onnx.ModelProto:
    graph = _Graph()
    encoder = tagger.encoder
    char = graph.add("Gather", [graph.weight("char_table", _array(encoder.chars)), "chars"], "char_states")
    pair = graph.add("Gather", [graph.weight("pair_table", _array(encoder.pairs)), "pairs"], "pair_states")
    word = graph.add("Gather", [graph.weight("word_table", _array(encoder.words)), "words"], "word_states")
    axis = graph.weight("time_axis", np.asarray([1], dtype=np.int64))
    zero, one = (graph.weight(f"index_{n}", np.asarray([n], dtype=np.int64)) for n in (0, 1))
    last, far = (
        graph.weight(name, np.asarray([n], dtype=np.int64)) for name, n in (("index_last", -1), ("far", 2**62))
    )
    left = graph.add("Slice", [pair, zero, last, axis], "left_pairs")
    right = graph.add("Slice", [pair, one, far, axis], "right_pairs")
    states = graph.add("Concat", [char, left, right, word], "inputs", axis=2)
    if isinstance(encoder.body, BiLstm):
        states = _bilstm(graph, encoder.body, states)
    elif isinstance(encoder.body, Convolutions):
        raise NotImplementedError("the convolutions were measured and not shipped")
    outputs = []
    for head in heads:
        linear = tagger.heads[head]
        assert isinstance(linear, nn.Linear)  # noqa: S101  (for the type checker)
        weight = graph.weight(f"{head}_weight", linear.weight.detach().numpy().T)
        bias = graph.weight(f"{head}_bias", linear.bias.detach().numpy())
        product = graph.add("MatMul", [states, weight], f"{head}_product")
        graph.add("Add", [product, bias], head)
        outputs.append(
            helper.make_tensor_value_info(head, TensorProto.FLOAT, ["batch", "longest", linear.out_features])
        )
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", width])
        for name, width in (("chars", "longest"), ("pairs", "bordered"), ("words", "longest"))
    ]
    inputs.append(helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]))
    made = helper.make_graph(graph.nodes, "tagger", inputs, outputs, graph.weights)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9)


def _bilstm(graph: _Graph, body: BiLstm, states: str) -> str:
    """(batch, time, inputs) to (batch, time, 2 * hidden); ONNX wants time first."""
    states = graph.add("Transpose", [states], "time_first", perm=[1, 0, 2])
    for index, pair in enumerate(zip(body.forwards, body.backwards, strict=True)):
        name = f"lstm_{index}"
        hidden = int(pair[0].hidden_size)  # type: ignore[arg-type]
        w = np.stack([_gates(_array_of(lstm, "weight_ih_l0")) for lstm in pair])
        r = np.stack([_gates(_array_of(lstm, "weight_hh_l0")) for lstm in pair])
        biases = [[_gates(_array_of(lstm, key)) for key in ("bias_ih_l0", "bias_hh_l0")] for lstm in pair]
        b = np.stack([np.concatenate(both) for both in biases])
        inputs = [
            states,
            graph.weight(f"{name}_w", w),
            graph.weight(f"{name}_r", r),
            graph.weight(f"{name}_b", b),
            "lengths",
        ]
        both = graph.add("LSTM", inputs, f"{name}_directions", hidden_size=hidden, direction="bidirectional")
        # (time, directions, batch, hidden) to (time, batch, directions * hidden)
        turned = graph.add("Transpose", [both], f"{name}_turned", perm=[0, 2, 1, 3])
        shape = graph.weight(f"{name}_shape", np.asarray([0, 0, 2 * hidden], dtype=np.int64))
        states = graph.add("Reshape", [turned, shape], f"{name}_states")
    return graph.add("Transpose", [states], "states", perm=[1, 0, 2])


def _array(module: nn.Module) -> np.ndarray:
    return _array_of(module, "weight")


def _array_of(module: nn.Module, name: str) -> np.ndarray:
    array: np.ndarray = getattr(module, name).detach().numpy()
    return array


def _gates(array: np.ndarray) -> np.ndarray:
    parts = np.split(array, 4)
    return np.concatenate([parts[i] for i in _GATES])
