#!/usr/bin/env python3
"""Takes an export through the real annotation tools and back.

    python3 scripts/roundtrip_tools.py VENVS            check
    python3 scripts/roundtrip_tools.py VENVS -write     and record the exports as internal/annotate/testdata

VENVS is a folder for virtual environments with Label Studio, doccano and the
Argilla SDK; those that are missing are made from PyPI. Both servers are started
on loopback with a database of their own in a temporary folder, and stopped at
the end. Two people, ana and ben, make the same corrections in every tool
through its API; each export then goes to `classify -labels` and `train -from`.

Prodigy is sold, not on PyPI: its export is written here as its documentation
describes it. Argilla's server needs Elasticsearch: its records go through the
SDK's own reader and writer instead.
"""
import copy
import http.cookiejar
import io
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
import venv
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "internal/annotate/testdata"
NEEDS = {
    "label-studio": ["label-studio==1.23.2"],
    "doccano": ["doccano==1.8.4", "numpy<2", "marshmallow<4"],  # newer ones of the last two break it
    "argilla": ["argilla>=2,<3", "requests"],
}
PASSWORD, TOKEN = "roundtrip-1", "abcdefabcdefabcdefabcdefabcdefabcdefabcd"
ROWS = 14
MINIMAL = ("label-studio-min.json", "label-studio.csv")

# An article with characters that bytes, code points and UTF-16 count differently.
EMOJI = {
    "url": "https://harbour.example/emoji", "title": "Mayor posts on the base \U0001F3D6", "date": "2024-03-20",
    "text": "The US troops at the base in Gda\u0301nsk, Poland, are on the mayor\u2019s mind \U0001F642.\n\n"
            "\u201cNo more US troops in Poland \U0001F1F5\U0001F1F1, not one,\u201d said Mayor Zofia Wrona \U0001F469\u200D\U0001F33E.\n\n"
            "Her cafe\u0301 owners disagree \U0001F600: the American soldiers must stay in Poland, said landlord Piotr Lis.\n",
}


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    venvs, write = pathlib.Path(sys.argv[1]).resolve(), "-write" in sys.argv
    for name, packages in NEEDS.items():
        install(venvs / name, packages)
    with tempfile.TemporaryDirectory() as tmp:
        tmp = pathlib.Path(tmp)
        binaries(tmp)
        (tmp / "emoji.jsonl").write_text(json.dumps(EMOJI, ensure_ascii=False) + "\n")
        run(tmp / "classify", "-o", tmp / "out", tmp / "emoji.jsonl", ROOT / "data/sample/karkh-today_2024-02-10_session.txt")
        for tool in ("label-studio", "doccano", "argilla", "prodigy", "csv"):
            run(tmp / "classify", "export", "-to", tool, "-n", str(ROWS), "-o", tmp / f"to-{tool}", tmp / "out")
        exports = {}
        exports.update(argilla(venvs / "argilla", tmp))
        exports.update(prodigy(tmp))
        exports.update(doccano(venvs / "doccano", tmp))
        exports.update(label_studio(venvs / "label-studio", tmp))
        if write:
            record(exports)
        for name, data in exports.items():
            check(tmp, name, data)


def install(where, packages):
    if (where / "bin/pip").exists():
        return
    print("installing", *packages)
    venv.create(where, with_pip=True)
    subprocess.run([where / "bin/pip", "install", "-q", packages[0]], check=True)
    if packages[1:]:
        subprocess.run([where / "bin/pip", "install", "-q", *packages[1:]], check=True)


def binaries(tmp):
    for name in ("classify", "train"):
        subprocess.run(["go", "build", "-o", tmp / name, f"./cmd/{name}"], cwd=ROOT, check=True)


def run(*args, may_fail=False):
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True, cwd=ROOT)
    if done.returncode not in (0, 3) and not may_fail:
        sys.exit(f"{args}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


# What ana does with the k-th row; ben agrees with the suggestion of the first
# rows but for one stance. The same in every tool.
def edits(k, row, passage):
    start = len(passage.encode()[: row["start_byte"] - row["passage_byte"]].decode())
    end = start + len(row["text"])
    edit = {"start": start, "end": end, "stance": choice(row), "sentiment": row["sentiment"], "holder": row["holder"]}
    what = ["accept", "stance", "move", "holder", "deny", "untouched"][k % 6]
    if what == "stance":
        edit["stance"] = "favor 1" if not edit["stance"].startswith("favor") else "against -2"
    elif what == "move":
        cut = row["text"].find(" ") + 1
        edit["start"] += cut
    elif what == "holder":
        edit["holder"] = "Hana Park"
    elif what == "deny":
        return None
    elif what == "untouched":
        return {}
    return edit


def choice(row):
    if row["stance"] in ("neutral", "unrelated"):
        return row["stance"]
    return f"{row['stance']} {row['stance_strength']}"


def ben(k, row, passage):
    if k >= 4:
        return {}
    edit = edits(0, row, passage)
    if k == 2:
        edit["stance"] = "mixed 0"
    return edit


PEOPLE = {"ana": edits, "ben": ben}


def utf16(text, point):
    return len(text[:point].encode("utf-16-le")) // 2


class Server:
    """A tool's server on loopback, ended with its children."""

    def __init__(self, args, env, port, log):
        self.base = f"http://127.0.0.1:{port}"
        self.jar = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open
        self.headers = {}
        self.process = [subprocess.Popen([str(a) for a in args], env=env, stdout=log, stderr=log, start_new_session=True)]

    def call(self, method, path, data=None, raw=None, headers=None, parse=True):
        body = raw if raw is not None else None if data is None else json.dumps(data).encode()
        head = {"Content-Type": "application/json", "Referer": self.base, **self.headers, **(headers or {})}
        for c in self.jar:
            if c.name == "csrftoken":
                head["X-CSRFToken"] = c.value
        try:
            answer = self.open(urllib.request.Request(self.base + path, method=method, data=body, headers=head), timeout=120).read()
        except urllib.error.HTTPError as e:
            sys.exit(f"{method} {path}: {e.code} {e.read()[:500]!r}")
        return json.loads(answer) if parse and answer else answer

    def wait(self, path):
        for _ in range(1200):
            try:
                self.open(self.base + path, timeout=10)
                return self
            except urllib.error.HTTPError:
                return self
            except OSError:
                time.sleep(1)
        sys.exit(f"{self.base} doesn't answer")

    def stop(self):
        for p in self.process:
            os.killpg(p.pid, signal.SIGTERM)
            try:
                p.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(p.pid, signal.SIGKILL)
                p.wait()


def label_studio(where, tmp):
    env = {**os.environ, "LABEL_STUDIO_BASE_DATA_DIR": str(tmp / "ls"), "COLLECT_ANALYTICS": "false", "LATEST_VERSION_CHECK": "false", "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true"}
    with open(tmp / "ls.log", "w") as log:
        s = Server([where / "bin/label-studio", "start", "--no-browser", "--internal-host", "127.0.0.1", "--port", "8191", "--username", "ana@example.org", "--password", PASSWORD, "--user-token", TOKEN], env, 8191, log)
        try:
            s.wait("/health")
            s.headers = {"Authorization": f"Token {TOKEN}"}
            project = s.call("POST", "/api/projects", {"title": "round trip", "label_config": (tmp / "to-label-studio/config.xml").read_text()})["id"]
            tasks = json.loads((tmp / "to-label-studio/tasks.json").read_text())
            s.call("POST", f"/api/projects/{project}/import", tasks)
            stored = sorted(s.call("GET", f"/api/tasks?project={project}&page_size=500&fields=all")["tasks"], key=lambda t: t["id"])
            for person, edit in PEOPLE.items():
                for k, t in enumerate(stored):
                    suggested = s.call("GET", f"/api/tasks/{t['id']}")["predictions"][0]["result"]
                    result = ls_result(k, person, edit(k, t["data"]["row"], t["data"]["text"]), suggested, t["data"]["text"])
                    if result is not None:
                        s.call("POST", f"/api/tasks/{t['id']}/annotations/", {"result": result, "lead_time": 4.5})
            out = {}
            for kind, name in (("JSON", "label-studio.json"), ("JSON_MIN", "label-studio-min.json"), ("CSV", "label-studio.csv")):
                out[name] = s.call("GET", f"/api/projects/{project}/export?exportType={kind}&download_all_tasks=true", parse=False)
            # The open edition knows one account here: ben's annotations are renamed in the exports.
            return {name: ben_of(name, data) for name, data in out.items()}
        finally:
            s.stop()


def ls_result(k, person, edit, suggested, text):
    if edit == {}:
        return None
    if edit is None:
        return []
    result = copy.deepcopy(suggested)
    for r in result:
        v = r["value"]
        v["start"], v["end"] = edit["start"], edit["end"]
        if r["type"] != "textarea":
            v["text"] = text[edit["start"]:edit["end"]]
        if r["from_name"] in ("stance", "sentiment"):
            v["choices"] = [edit[r["from_name"]]]
        if r["from_name"] == "holder":
            v["text"] = [edit["holder"]]
    if more := added(person, k, text, edit):
        start, end = more
        value = {"start": start, "end": end, "text": text[start:end]}
        result += [{"id": f"added-{k}", "from_name": "statement", "to_name": "text", "type": "labels", "value": {**value, "labels": ["statement"]}},
                   {"id": f"added-{k}", "from_name": "stance", "to_name": "text", "type": "choices", "value": {**value, "choices": ["favor 1"]}}]
    return result


def added(person, k, text, edit):
    """Where ana finds a statement that nobody suggested: three words beside the
    statement, as doccano has no overlapping spans here. None if there are none."""
    words, at = [], 0
    for w in text.split(" "):
        words.append((at, at + len(w)))
        at += len(w) + 1
    for a, b in reversed(list(zip(words, words[2:]))):
        if person == "ana" and k % 6 == 0 and (a[0] >= edit["end"] or b[1] <= edit["start"]) and text[a[0]:b[1]].strip() == text[a[0]:b[1]]:
            return a[0], b[1]
    return None


def ben_of(name, data):
    """The second annotation of a task is ben's, or the only one of a task that ana left alone."""
    if name.endswith(".csv"):
        return data
    records, seen = json.loads(data), set()
    for t in records:
        if "annotations" in t:
            for i, a in enumerate(sorted(t["annotations"], key=lambda a: a["id"])):
                a["completed_by"] = ["ana", "ben"][i]
        else:
            continue
    if "annotations" not in records[0]:
        records = [t for t in records if t["annotation_id"] is not None]
        for t in sorted(records, key=lambda t: t["annotation_id"]):
            t["annotator"] = "ben" if t["id"] in seen else "ana"
            seen.add(t["id"])
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def doccano(where, tmp):
    home = tmp / "doccano"
    home.mkdir()
    backend = next((where / "lib").glob("python3*/site-packages/backend"))
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{home}/db.sqlite3", "DOCCANO_HOME": str(home)}
    with open(tmp / "doccano.log", "w") as log:
        tool = lambda *a: subprocess.run([where / "bin/doccano", *a], env=env, cwd=home, stdout=log, stderr=log, check=True)
        tool("init")
        for person in PEOPLE:
            tool("createuser", "--username", person, "--password", PASSWORD)
        # its own webserver command listens on all addresses
        s = Server([where / "bin/python", "-m", "gunicorn", "--bind", "127.0.0.1:8192", "--workers", "1", "--threads", "4", "--chdir", backend, "config.wsgi"], env, 8192, log)
        s.process.append(subprocess.Popen([where / "bin/doccano", "task"], env=env, cwd=home, stdout=log, stderr=log, start_new_session=True))
        try:
            s.wait("/v1/me")
            return doccano_session(s, tmp)
        finally:
            s.stop()


def doccano_session(s, tmp):
    login = lambda who: (s.jar.clear(), s.call("POST", "/v1/auth/login/", {"username": who, "password": PASSWORD}))
    login("ana")
    project = s.call("POST", "/v1/projects", {
        "name": "round trip", "description": "x", "guideline": "", "project_type": "IntentDetectionAndSlotFilling", "resourcetype": "IntentDetectionAndSlotFillingProject",
        "random_order": False, "collaborative_annotation": False, "allow_overlapping": False, "grapheme_mode": False, "single_class_classification": False, "tags": []})["id"]
    p = f"/v1/projects/{project}"
    for kind, file in (("category-type", "categories.json"), ("span-type", "spans.json")):
        multipart(s, f"{p}/{kind}-upload", "file", file, (tmp / "to-doccano" / file).read_bytes())
    upload = multipart(s, "/v1/fp/process/", "filepond", "records.jsonl", (tmp / "to-doccano/records.jsonl").read_bytes()).decode()
    task = s.call("POST", f"{p}/upload", {"format": "JSONL", "task": "IntentDetectionAndSlotFilling", "uploadIds": [upload], "column_data": "text", "column_label": "cats", "encoding": "utf_8", "delimiter": ""})
    finish(s, task)
    roles = {r["name"]: r["id"] for r in s.call("GET", "/v1/roles")}
    users = {u["username"]: u["id"] for u in s.call("GET", "/v1/users")}
    s.call("POST", f"{p}/members", {"user": users["ben"], "role": roles["annotator"]})
    examples = s.call("GET", f"{p}/examples?limit=500")["results"]
    examples.sort(key=lambda e: e["id"])
    cats = {c["text"]: c["id"] for c in s.call("GET", f"{p}/category-types")}
    spans = {c["text"]: c["id"] for c in s.call("GET", f"{p}/span-types")}
    for person, edit in PEOPLE.items():
        login(person)
        for k, e in enumerate(examples):
            doccano_label(s, p, k, person, e, edit(k, json.loads(e["meta"]["row"]), e["text"]), cats, spans)
    login("ana")
    task = s.call("POST", f"{p}/download", {"format": "JSONL", "exportApproved": False})
    finish(s, task)
    data = s.call("GET", f"{p}/download?taskId={task['task_id']}", parse=False)
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return {f"doccano/{name}": z.read(name) for name in sorted(z.namelist())}


def multipart(s, path, field, name, data):
    edge = uuid.uuid4().hex
    body = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode() + data + f"\r\n--{edge}--\r\n".encode()
    return s.call("POST", path, raw=body, headers={"Content-Type": f"multipart/form-data; boundary={edge}"}, parse=False)


def finish(s, task):
    for _ in range(120):
        status = s.call("GET", f"/v1/tasks/status/{task['task_id']}")
        if status["ready"]:
            if status.get("error") or (isinstance(status.get("result"), dict) and status["result"].get("error")):
                sys.exit(f"doccano: {status}")
            return
        time.sleep(1)
    sys.exit("doccano's task isn't done")


def doccano_label(s, p, k, person, example, edit, cats, spans):
    if edit == {}:
        return
    e = f"{p}/examples/{example['id']}"
    categorise = lambda name: s.call("POST", f"{e}/categories", {"label": cats[name]})
    if edit is None:
        categorise("no statement")
        return
    text, row = example["text"], json.loads(example["meta"]["row"])
    categorise(edit["stance"])
    categorise("neutral tone" if edit["sentiment"] == "neutral" else edit["sentiment"])
    own = s.call("GET", f"{e}/spans")
    if own and edits(0, row, text)["start"] != edit["start"]:
        s.call("PATCH", f"{e}/spans/{own[0]['id']}", {"start_offset": utf16(text, edit["start"]), "end_offset": utf16(text, edit["end"])})
    if edit["holder"] != row["holder"]:
        s.call("POST", f"{p}/comments?example={example['id']}", {"text": f"holder: {edit['holder']}"})
    if more := added(person, k, text, edit):
        start, end = more
        s.call("POST", f"{e}/spans", {"label": spans["favor 1"], "start_offset": utf16(text, start), "end_offset": utf16(text, end)})


ARGILLA = """
import json, sys, uuid
import argilla as rg
from argilla.records._io import GenericIO
from argilla.records._resource import Record
edits = json.load(open(sys.argv[2]))
people = {"ana": uuid.UUID(int=1), "ben": uuid.UUID(int=2)}
records = []
for k, d in enumerate(json.load(open(sys.argv[1]))):
    for name, edit in edits[k].items():
        for q, v in edit.items():
            d["responses"].setdefault(q, []).append({"value": v, "user_id": people[name], "status": "submitted"})
    records.append(Record.from_dict(d))
json.dump([r.to_dict() for r in records], open(sys.argv[3], "w"), ensure_ascii=False, indent=1, default=str)
json.dump(GenericIO.to_list(records, flatten=True), open(sys.argv[4], "w"), ensure_ascii=False, indent=1, default=str)
"""


def argilla(where, tmp):
    all_edits = []
    for k, r in enumerate(json.loads((tmp / "to-argilla/records.json").read_text())):
        row, text, said = json.loads(r["metadata"]["row"]), r["fields"]["text"], {}
        for person, edit in PEOPLE.items():
            e = edit(k, row, text)
            if e is None:
                said[person] = {"stance": "no statement"}
            elif e:
                said[person] = {"statement": [{"start": e["start"], "end": e["end"], "label": "statement"}], "stance": e["stance"], "sentiment": e["sentiment"], "holder": e["holder"]}
        all_edits.append(said)
    (tmp / "argilla-edits.json").write_text(json.dumps(all_edits, ensure_ascii=False))
    subprocess.run([where / "bin/python", "-c", ARGILLA, tmp / "to-argilla/records.json", tmp / "argilla-edits.json", tmp / "argilla.json", tmp / "argilla-flat.json"], check=True)
    return {name: (tmp / name).read_bytes() for name in ("argilla.json", "argilla-flat.json")}


def prodigy(tmp):
    """As https://prodi.gy/docs/api-interfaces describes what the recipe saves."""
    lines = []
    for k, line in enumerate((tmp / "to-prodigy").read_text().splitlines()):
        for person, edit in PEOPLE.items():
            t = json.loads(line)
            e = edit(k, t["row"], t["text"])
            if e == {}:
                continue
            if e is None:
                t["answer"] = "reject"
            else:
                t["spans"] = [{"start": e["start"], "end": e["end"], "label": "statement"}]
                t["accept"] = [e["stance"], "neutral tone" if e["sentiment"] == "neutral" else e["sentiment"]]
                t["holder"], t["answer"] = e["holder"], "accept"
            t.update({"_input_hash": 1000 + k, "_task_hash": 2000 + k, "_session_id": f"stance-{person}", "_annotator_id": f"stance-{person}", "_view_id": "blocks", "_timestamp": 1711000000 + k})
            lines.append(json.dumps(t, ensure_ascii=False))
    return {"prodigy.jsonl": ("\n".join(lines) + "\n").encode()}


def check(tmp, name, data):
    path = tmp / "back" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    shutil.rmtree(tmp / "checked", ignore_errors=True)
    shutil.copytree(tmp / "out", tmp / "checked")
    said = run(tmp / "classify", "-o", tmp / "checked", "-labels", path, may_fail=name in MINIMAL)
    if "export as JSON, not JSON-MIN" in said:
        print(f"{name}: refused, as it should be: it doesn't tell which of two statements a label is about")
        return
    if "label not found" in said or "labelled by a person" not in said:
        sys.exit(f"{name}: labels are lost\n{said}")
    learned = run(tmp / "train", "-from", "linear", "-replay", "none", "-o", tmp / "model", "-force", path)
    print(f"{name}: " + " / ".join(l.strip() for l in (said + learned).splitlines() if "labelled by" in l or "learned from" in l))


def record(exports):
    for name, data in exports.items():
        path = FIXTURES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print("recorded", len(exports), "exports in", FIXTURES)


if __name__ == "__main__":
    main()
