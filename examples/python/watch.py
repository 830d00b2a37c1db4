"""Prints the rows of a relation whenever they change, with nothing but Python's own library.

    python3 examples/python/watch.py                                            the latest reading of each sensor
    python3 examples/python/watch.py http://127.0.0.1:3000 air_quality_summary  another relation
    python3 examples/python/watch.py http://127.0.0.1:3000 sensors_latest pm25=gte.35.5

A server with an ACCESS_TOKEN wants it in the environment variable TOKEN. docs/stream.md tells the rules that are kept
here: a snapshot replaces all rows, an update adds to the number of copies of each, and the last id goes on where it was.
"""

import collections
import gzip
import json
import os
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

# Heartbeats come every 5 seconds: a connection that is silent for three of them leads nowhere.
SILENCE_S = 15


class Arriving:
    """A response that is read as it arrives: `read` itself would wait for as many bytes as are asked for."""

    def __init__(self, response):
        self.read = response.read1


class Stream:
    """One relation, read anew from the last id whenever the connection breaks."""

    def __init__(self, url, query, token):
        self.address = f"{url.rstrip('/')}/api/stream?{urllib.parse.urlencode(query)}"
        self.headers = {"Accept-Encoding": "gzip"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"
        self.last_id = None
        self.retry_s = 1

    def events(self):
        """Gives (kind, data) for ever. Raises an HTTPError that no other try can help."""
        failures = 0
        while True:
            try:
                for event in self.read():
                    failures = 0
                    yield event
            except urllib.error.HTTPError as error:
                if error.code < 500 and error.code != 429:
                    raise
            except (OSError, EOFError, ValueError) as error:
                print(f"the connection broke: {error}", file=sys.stderr)
            # The server's own delay spreads its readers; one that stays away is asked less and less.
            time.sleep(self.retry_s + random.random() * min(10, 0.25 * 2**failures))
            failures = min(failures + 1, 10)

    def read(self):
        headers = dict(self.headers)
        if self.last_id is not None:
            headers["Last-Event-ID"] = self.last_id
        request = urllib.request.Request(self.address, headers=headers)
        with urllib.request.urlopen(request, timeout=SILENCE_S) as response:
            is_gzip = response.headers["Content-Encoding"] == "gzip"
            lines = gzip.GzipFile(fileobj=Arriving(response)) if is_gzip else response
            kind, data, event_id = "message", [], None
            for line in lines:
                name, _, value = line.decode().rstrip("\r\n").partition(":")
                value = value.removeprefix(" ")
                if name == "event":
                    kind = value
                elif name == "data":
                    data.append(value)
                elif name == "id":
                    event_id = value
                elif name == "retry":
                    self.retry_s = int(value) / 1000
                elif name == "" and data:
                    yield kind, json.loads("\n".join(data))
                    # Only now has the event been dealt with.
                    self.last_id = event_id or self.last_id
                    kind, data, event_id = "message", [], None


def rows_of(events):
    """Gives all rows, as a list, whenever they have changed."""
    counts, parts = collections.Counter(), []
    for kind, data in events:
        if kind == "snapshot":
            # Parts are collected, and what a cut left of an earlier one is forgotten; the last replaces all rows.
            parts = data["rows"] if data["part"] == 1 else parts + data["rows"]
            if data["part"] < data["parts"]:
                continue
            counts = collections.Counter(json.dumps(row) for row in parts)
        elif kind == "update":
            for update in data["updates"]:
                row = json.dumps(update["row"])
                counts[row] += update["diff"]
                if counts[row] == 0:
                    del counts[row]
        elif kind == "status" and data["state"] == "gone":
            sys.exit(data["reason"])
        else:
            continue
        yield [json.loads(row) for row in counts.elements()]


def main():
    given = sys.argv[1:]
    url, relation = given[:2] + ["http://127.0.0.1:3000", "sensors_latest"][len(given) :]
    conditions = given[2:]
    query = [("relation", relation)] + [tuple(text.split("=", 1)) for text in conditions]
    try:
        for rows in rows_of(Stream(url, query, os.environ.get("TOKEN")).events()):
            print(f"{len(rows)} rows", flush=True)
            for row in rows:
                print(json.dumps(row, ensure_ascii=False), flush=True)
    except urllib.error.HTTPError as error:
        sys.exit(json.load(error)["detail"])
    except KeyboardInterrupt:
        pass
    except BrokenPipeError:
        # Whoever reads along, as `head` does, has read enough; nothing is left to be written at the end.
        os._exit(0)


main()
