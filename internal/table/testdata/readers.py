"""Reads the tables in a folder with PyArrow, pandas, Polars and DuckDB and
checks that each sees what docs/schema.md promises. Readers that aren't
installed are left out; the last line names those that ran.

    python3 readers.py FOLDER

FOLDER holds statements/part-0000{0,1}.parquet, articles/part-00000.parquet
and the run-wide tables; enums.json gives each table's closed enums.
"""

import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
enums = json.loads((folder / "enums.json").read_text())
parts = sorted((folder / "statements").glob("*.parquet"))
articles = folder / "articles" / "part-00000.parquet"
RUN_WIDE = ["actors", "positions", "series", "links"]


def files(table):
    path = folder / f"{table}.parquet"
    return [path] if path.exists() else sorted((folder / table).glob("*.parquet"))


def check(got, want, what):
    if got != want:
        sys.exit(f"{what}: got {got!r}, want {want!r}")


def pyarrow():
    import pyarrow as pa
    import pyarrow.parquet as pq

    for table, columns in enums.items():
        for path in files(table):
            schema = pq.read_schema(path)
            for name in schema.names:
                kind = schema.field(name).type
                check(pa.types.is_dictionary(kind), name in columns, f"{path} {name}: dictionary")
                if name in columns:
                    check(kind.ordered, True, f"{path} {name}: ordered")
    schema = pq.read_schema(parts[0])
    check(str(schema.field("published_day").type), "timestamp[us]", "published_day")
    check(str(schema.field("published_at").type), "timestamp[us, tz=UTC]", "published_at")
    check(pq.ParquetFile(parts[0]).metadata.metadata[b"schema_version"], b"1", "schema_version")
    check(pq.read_table(folder / "statements").num_rows, 400, "rows of the folder")
    a = pq.read_table(articles).to_pylist()
    check(a[0]["authors"], [], "no author")
    check(a[0]["body"], None, "no body")
    check(a[0]["in_region, or area"], "", "no kept value")


def pandas():
    import pandas as pd

    for table, columns in enums.items():
        nights = [pd.read_parquet(p) for p in files(table)]
        both = pd.concat(nights + nights)
        for name, values in columns.items():
            kind = both[name].dtype
            check(kind.name, "category", f"{table}.{name} after concat")
            check(list(kind.categories), values, f"{table}.{name}")
            check(bool(kind.ordered), True, f"{table}.{name}: ordered")
    both = pd.concat([pd.read_parquet(p) for p in parts])
    check(list(parts_stances(both, 0)), ["favor", "against"], "stances of the first night")
    ordered = both.sort_values("stance")["stance"].drop_duplicates().tolist()
    check(ordered, enums["statements"]["stance"], "sorted stances")
    check(str(both["published_day"].dtype), "datetime64[us]", "published_day")
    check(str(both["published_at"].dtype), "datetime64[us, UTC]", "published_at")
    check(both["published_day"].dropna().dt.normalize().eq(both["published_day"].dropna()).all(), True, "midnight")
    body = pd.read_parquet(articles).set_index("article_id")["body"]
    s = both[both["article_id"] == "a_span"].iloc[0]
    check(body["a_span"][s["start_char"]:s["end_char"]], s["text"], "slice by code points")
    raw = body["a_span"].encode()
    check(raw[s["start_byte"]:s["end_byte"]].decode(), s["text"], "slice by bytes")


def parts_stances(both, night):
    import pandas as pd

    return pd.read_parquet(parts[night])["stance"].unique()


def polars():
    import polars as pl

    enum = tuple(map(int, pl.__version__.split(".")[:2])) >= (1, 32)  # before: Categorical
    for table, columns in enums.items():
        for path in files(table):
            for frame in [pl.read_parquet(path), pl.scan_parquet(path).collect()]:
                for name, values in columns.items():
                    check(frame.schema[name], pl.Enum(values) if enum else pl.Categorical, f"{path} {name}")
    both = pl.read_parquet(folder / "statements")
    check(both.height, 400, "rows of the folder")
    check(both.schema["published_day"], pl.Datetime("us"), "published_day")
    check(both.schema["published_at"], pl.Datetime("us", "UTC"), "published_at")
    check(both.schema["holder"], pl.String, "holder")
    some = pl.scan_parquet(folder / "statements").filter(pl.col("stance") == "neutral").collect().height
    check(some, both["stance"].to_list().count("neutral"), "filtered scan")


def duckdb():
    import duckdb

    con = duckdb.connect()
    for table in enums:
        paths = [str(p) for p in files(table)]
        rel = con.read_parquet(paths)
        if table == "statements":
            rel = con.sql(f"select {', '.join(rel.columns)} from rel")  # no keyword among the names
            check(rel.aggregate("count(*)").fetchall(), [(400,)], "rows of the folder")
        for name in enums[table]:
            check(str(rel.types[rel.columns.index(name)]), "VARCHAR", f"{table}.{name}")
    rel = con.read_parquet([str(p) for p in parts])
    types = dict(zip(rel.columns, map(str, rel.types)))
    want = {
        "published_day": "TIMESTAMP", "published_at": "TIMESTAMP WITH TIME ZONE", "abstained": "BOOLEAN",
        "start_char": "INTEGER", "stance_score": "DOUBLE",
    }
    check({k: types[k] for k in want}, want, "types")
    text, cut = con.sql(
        f"select s.text, substring(a.body, s.start_char + 1, s.end_char - s.start_char) "
        f"from rel s join read_parquet('{articles}') a using (article_id) where article_id = 'a_span'").fetchall()[0]
    check(cut, text, "slice by code points")
    check(str(con.read_parquet(str(articles)).types[6]), "VARCHAR[]", "authors")
    where = con.sql("select count(*) from rel where text = 'nobody wrote this' or quote >= 'zzz'").fetchall()
    check(where, [(0,)], "filter on statistics")


ran = []
for reader in [pyarrow, pandas, polars, duckdb]:
    try:
        __import__(reader.__name__)
    except ImportError:
        continue
    reader()
    ran.append(reader.__name__)
print(" ".join(ran))
