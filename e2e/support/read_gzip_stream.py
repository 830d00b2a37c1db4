"""Prints what a stream says, as it comes, with nothing but Python's own library; fails where its gzip is cut off."""

import gzip
import sys
import urllib.request


class Arriving:
    """A response that is read as it arrives: `read` itself would wait for as many bytes as are asked for."""

    def __init__(self, response):
        self.read = response.read1


request = urllib.request.Request(sys.argv[1], headers={"Accept-Encoding": "gzip"})
with urllib.request.urlopen(request, timeout=30) as response:
    if response.headers["Content-Encoding"] != "gzip":
        sys.exit("The stream is not gzip")
    for line in gzip.GzipFile(fileobj=Arriving(response)):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
print("the end, checked")
