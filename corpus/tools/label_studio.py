"""Label Studio's JSON: `gold.json`, one task per bulletin, and `config.xml`, the labelling interface that fits it.

Regions are results of type `labels`, their attributes results of type `choices` or `textarea` with the region's id,
links results of type `relation`; the head's fields are text areas of the whole task. Offsets are code points.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.errors import GoldError, printable
from corpus.tools.merge import Carries
from corpus.tools.paths import files, parse_json, path_for, read_text, write_text
from corpus.tools.regions import (
    ATTRIBUTES,
    CHOICES,
    HEAD,
    LABELS,
    LISTS,
    RELATIONS,
    Annotation,
    Attributes,
    Region,
    Relation,
)

CARRIES = Carries()
NOT_CARRIED = "documents that no words of the text name"

_HEAD = "head_"


def write(annotations: Iterable[Annotation], folder: Path) -> Iterator[str]:
    """Writes gold.json and config.xml; nothing is lost."""
    tasks = [
        {"data": {"name": annotation.id, "text": annotation.text}, "annotations": [{"result": _results(annotation)}]}
        for annotation in annotations
    ]
    write_text(path_for(folder, "gold", ".json"), json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    write_text(path_for(folder, "config", ".xml"), _config())
    yield from ()


def _results(annotation: Annotation) -> list[dict[str, Any]]:
    results = [
        _result(f"head-{name}", f"{_HEAD}{name}", "textarea", {"text": list(values)})
        for name, values in annotation.head.items()
    ]
    for region in annotation.regions:
        place: dict[str, Any] = {"start": region.start, "end": region.end}
        place["text"] = annotation.text[region.start : region.end]
        results.append(_result(region.id, "label", "labels", {**place, "labels": [region.label]}))
        for name, values in region.attributes.items():
            kind, key = ("choices", "choices") if name in CHOICES else ("textarea", "text")
            results.append(_result(region.id, name, kind, {**place, key: list(values)}))
    results += [
        {"type": "relation", "from_id": r.source, "to_id": r.target, "direction": "right", "labels": [r.label]}
        for r in annotation.relations
    ]
    return results


def _result(id: str, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": id, "from_name": name, "to_name": "text", "type": kind, "value": value}


def read(source: Path) -> Iterator[Annotation]:
    """The annotations of an export (a file, or all `*.json` files of a folder).

    Of several annotations of one task the last that was not cancelled counts.

    Raises:
        GoldError: the export is malformed; names the file, the task and the result.
    """
    for _, path in files(source, ".json"):
        where = printable(path)
        tasks = parse_json(read_text(path), where)
        if not isinstance(tasks, list):
            raise GoldError("is no list of tasks", where=where, remedy="export as JSON, not as JSON-MIN")
        for number, task in enumerate(tasks):
            yield _annotation(task, f"{where}: task {number}")


def _annotation(task: Any, where: str) -> Annotation:
    try:
        data = task["data"]
        name, text = data["name"], data["text"]
        results = [a["result"] for a in task["annotations"] if not a.get("was_cancelled")]
        if not (isinstance(name, str) and isinstance(text, str)):
            raise TypeError
    except (KeyError, TypeError, AttributeError) as error:
        remedy = "export as JSON a project made from `jianbao gold export`"
        raise GoldError("lacks data.name, data.text or annotations", where=where, remedy=remedy) from error
    if not results:
        raise GoldError(f"{name} has no annotation", where=where, remedy="submit the task in Label Studio first")
    made = Annotation(name, text)
    attributes: dict[str, Attributes] = {}
    for number, result in enumerate(results[-1] if isinstance(results[-1], list) else [results[-1]]):
        try:
            _take(result, made, attributes)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            detail = str(error) if type(error) is ValueError else "is malformed"
            cause = f"{name}: result {number} {detail}"
            raise GoldError(cause, where=where, remedy="correct it in Label Studio and export again") from error
    for region in made.regions:
        region.attributes = attributes.pop(region.id, {})
    if attributes:
        id = next(iter(attributes))
        cause = f"{name}: {', '.join(attributes[id])} of {id!r} belongs to no region"
        raise GoldError(cause, where=where, remedy="give the region a label, or delete it")
    return made


def _take(result: dict[str, Any], made: Annotation, attributes: dict[str, Attributes]) -> None:
    """Puts one result where it belongs; a ValueError says what is wrong with it."""
    kind = result["type"]
    if kind == "relation":
        labels = result.get("labels") or ["(none)"]
        made.relations.append(Relation(str(labels[0]), str(result["from_id"]), str(result["to_id"])))
        return
    value = result["value"]
    if kind == "labels":
        start, end = int(value["start"]), int(value["end"])
        words = made.text[start:end]
        if "text" in value and _plain(str(value["text"])) != _plain(words):
            raise ValueError(f"reads {value['text']!r} where the text has {words!r}")
        if len(value["labels"]) != 1:
            raise ValueError(f"at {start} has {len(value['labels'])} labels instead of one")
        made.regions.append(Region(str(result["id"]), start, end, str(value["labels"][0])))
        return
    if kind not in ("choices", "textarea"):
        raise ValueError(f"is of the unknown type {kind!r}")
    name = result["from_name"]
    given = value["choices" if kind == "choices" else "text"]
    values = tuple(str(one) for one in ([given] if isinstance(given, str) else given))
    if name.startswith(_HEAD):
        field = name.removeprefix(_HEAD)
        if field not in HEAD:
            raise ValueError(f"names the unknown head field {field!r}")
        made.head[field] = values
    elif values:
        attributes.setdefault(str(result["id"]), {})[name] = values


def _plain(text: str) -> str:
    """Line breaks come back from the browser in several spellings."""
    return "".join(text.replace("\\n", "").split())


def _config() -> str:
    lines = ["<View>", '  <Relations toName="text">']
    lines += [f'    <Relation value="{label}"/>' for label in RELATIONS]
    lines += ["  </Relations>", '  <Labels name="label" toName="text">']
    lines += [f'    <Label value="{label}"/>' for label in LABELS]
    lines += ["  </Labels>", '  <Text name="text" value="$text" granularity="symbol"/>']
    for name in HEAD:
        most = "" if name in LISTS else ' maxSubmissions="1"'
        lines.append(f'  <TextArea name="{_HEAD}{name}" toName="text" editable="true" placeholder="{name}"{most}/>')
    for name in dict.fromkeys(name for names in ATTRIBUTES.values() for name in names):
        labels = ",".join(label for label in LABELS if name in ATTRIBUTES[label])
        region = f'name="{name}" toName="text" perRegion="true" visibleWhen="region-selected" whenLabelValue="{labels}"'
        if name in CHOICES:
            lines.append(f"  <Choices {region}>")
            lines += [f'    <Choice value="{choice}"/>' for choice in CHOICES[name]]
            lines.append("  </Choices>")
        else:
            most = "" if name in LISTS else ' maxSubmissions="1"'
            lines.append(f'  <TextArea {region} editable="true" placeholder="{name}"{most}/>')
    return "\n".join([*lines, "</View>"]) + "\n"
