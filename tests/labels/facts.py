"""facts.py: between labels of the guide's shape and the facts-only form, which holds no sentence of the document.

  facts.py pack LABEL.json TEXT.txt > FACTS.json      label + text -> facts
  facts.py unpack FACTS.json TEXT.txt > LABEL.json    facts + text -> label
  facts.py all DIR TEXTS OUT                          packs DIR/*.json with TEXTS/*.txt into OUT/, each verified by unpacking

A string of the document longer than 28 characters (title, heading, indicator) is kept as {"span": [start, end]}, character
offsets in the text; `what` of a milestone and `text` of a checklist item are left out (unpack gives the quote instead).
Of a quote that occurs several times that occurrence is meant which stands in its task's section.
"""
import hashlib, json, re, sys
from pathlib import Path

LONG = 28
flat = lambda s: re.sub(r"\s+", "", s)


def find(text, words, at=0):
    """Where `words` stands (its characters in order, white space apart), the first place from `at` on, else anywhere."""
    pattern = re.compile(r"\s*".join(re.escape(c) for c in flat(words)))
    m = pattern.search(text, at) or pattern.search(text)
    return [m.start(), m.end()] if m else None


def sections(text, tasks):
    """Task id -> [start, end] of its section: from its heading to that of the next task."""
    starts, at = [], 0
    for t in tasks:
        heading = t["path"][-1] if t["path"] else t["title"]
        span = find(text, heading, at)
        starts.append((t["id"], span[0] if span else at))
        at = span[0] + 1 if span else at
    out = {}
    for i, (task, start) in enumerate(starts):
        later = [s for _, s in starts[i + 1:] if s > start]
        out[task] = [start, min(later) if later else len(text)]
    return out


def place(text, quote, section):
    spots, at = [], text.find(quote)
    while at >= 0:
        spots.append([at, at + len(quote)])
        at = text.find(quote, at + 1)
    if not spots:
        raise ValueError("quote not in the text: " + quote[:40])
    inside = [s for s in spots if section and section[0] <= s[0] < section[1]]
    return (inside or spots)[0]


def pack(label, raw):
    text = raw.decode("utf-8")
    where = sections(text, label["tasks"])

    def words(s, at=0):
        if s is None or len(s) <= LONG:
            return s
        span = find(text, s, at)
        if not span:
            raise ValueError("not in the text and too long to keep: " + s)
        return {"span": span}

    plan = {k: label["plan"].get(k) for k in ("doc_number", "issuer", "issued_on", "period", "stage")}
    plan["title"] = words(label["plan"].get("title"))
    tasks = []
    for t in label["tasks"]:
        at = where[t["id"]][0]
        tasks.append({"id": t["id"], "path": [words(p, at if i == len(t["path"]) - 1 else 0) for i, p in enumerate(t["path"])],
                      "title": words(t["title"], at), "kind": t["kind"], "lead": t["lead"], "departments": t["departments"],
                      "optional": bool(t.get("optional"))})
    targets = []
    for g in label["targets"]:
        span = place(text, g["quote"], where.get(g["task"]))
        row = {"id": g["id"], "task": g["task"], "indicator": words(g["indicator"], where[g["task"]][0] if g["task"] else 0),
               **{k: g[k] for k in ("op", "value", "unit", "due", "cadence")}, "span": span, "optional": bool(g.get("optional"))}
        if g.get("baseline"):
            row["baseline"] = g["baseline"]
        targets.append(row)
    milestones = [{"id": m["id"], "task": m["task"], "due": m["due"], "departments": m["departments"],
                   "span": place(text, m["quote"], where.get(m["task"])), "optional": bool(m.get("optional"))}
                  for m in label["milestones"]]
    facts = {"text_sha256": hashlib.sha256(raw).hexdigest(), "characters": len(text), "source": label["source"], "plan": plan,
             "departments": label["departments"], "tasks": tasks, "targets": targets, "milestones": milestones}
    if "checklist_items" in label:
        facts["checklist_items"] = [{"task": c["task"], "due": c["due"], "departments": c["departments"],
                                     "span": place(text, c["quote"], where.get(c["task"])), "optional": bool(c.get("optional"))}
                                    for c in label["checklist_items"]]
    return facts


def unpack(facts, raw):
    text = raw.decode("utf-8")
    if hashlib.sha256(raw).hexdigest() != facts["text_sha256"]:
        raise ValueError("not the text these facts were read from")
    cut = lambda span: text[span[0]:span[1]]
    words = lambda x: cut(x["span"]).replace("\n", "") if isinstance(x, dict) else x
    label = {"source": facts["source"], "plan": {**facts["plan"], "title": words(facts["plan"]["title"])},
             "departments": facts["departments"],
             "tasks": [{**t, "path": [words(p) for p in t["path"]], "title": words(t["title"])} for t in facts["tasks"]],
             "targets": [], "milestones": []}
    for g in facts["targets"]:
        row = {k: v for k, v in g.items() if k != "span"}
        label["targets"].append({**row, "indicator": words(g["indicator"]), "quote": cut(g["span"])})
    for m in facts["milestones"]:
        row = {k: v for k, v in m.items() if k != "span"}
        label["milestones"].append({**row, "what": words(m), "quote": cut(m["span"])})
    if "checklist_items" in facts:
        label["checklist_items"] = [{**{k: v for k, v in c.items() if k != "span"}, "text": words(c), "quote": cut(c["span"])}
                                    for c in facts["checklist_items"]]
    return label


def same(a, b, name):
    """The differences between a label and its facts unpacked, but for `what`, `text` and white space in long strings."""
    bad = []
    for k in ("title", "doc_number", "issuer", "issued_on", "period", "stage"):
        x, y = a["plan"].get(k), b["plan"].get(k)
        if (flat(x) if isinstance(x, str) else x) != (flat(y) if isinstance(y, str) else y):
            bad.append(f"{name} plan.{k}: {x} {y}")
    for part, skip in (("tasks", ()), ("targets", ()), ("milestones", ("what",)), ("checklist_items", ("text",))):
        for x, y in zip(a.get(part, []), b.get(part, [])):
            for k in y:
                u, v = x.get(k), y.get(k)
                if k == "optional":
                    u = bool(u)
                if k in ("title", "indicator"):
                    u, v = flat(u), flat(v)
                if k == "path":
                    u, v = [flat(p) for p in u], [flat(p) for p in v]
                if k not in skip and u != v:
                    bad.append(f"{name} {part} {x.get('id')} {k}: {u} | {v}")
        if len(a.get(part, [])) != len(b.get(part, [])):
            bad.append(f"{name} {part}: number")
    return bad


def dump(x):
    """JSON with one row a line in its lists."""
    lines = []
    for k, v in x.items():
        if isinstance(v, list) and v and isinstance(v[0], dict):
            rows = ",\n  ".join(json.dumps(r, ensure_ascii=False) for r in v)
            lines.append(f' {json.dumps(k)}: [\n  {rows}\n ]')
        else:
            lines.append(f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(a):
    if len(a) == 3 and a[0] in ("pack", "unpack"):
        x, raw = json.loads(Path(a[1]).read_text(encoding="utf-8")), Path(a[2]).read_bytes()
        sys.stdout.write(dump(pack(x, raw) if a[0] == "pack" else unpack(x, raw)))
    elif len(a) == 4 and a[0] == "all":
        out, bad = Path(a[3]), []
        out.mkdir(parents=True, exist_ok=True)
        for p in sorted(Path(a[1]).glob("*.json")):
            label, raw = json.loads(p.read_text(encoding="utf-8")), (Path(a[2]) / (p.stem + ".txt")).read_bytes()
            try:
                facts = pack(label, raw)
            except ValueError as e:
                bad.append(f"{p.stem}: {e}"); continue
            bad += same(label, unpack(facts, raw), p.stem)
            (out / p.name).write_text(dump(facts), encoding="utf-8")
        print("\n".join(bad) or "ok")
        return bool(bad)
    else:
        print(__doc__); return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
