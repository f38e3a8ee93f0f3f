"""redis-py at work with a cluster: python3 redis_py.py HOST PORT [CERTIFICATE KEY]. Ends with "all is well"."""

import sys
import time

from redis.cluster import RedisCluster
from redis.exceptions import ResponseError, WatchError

place = {"host": sys.argv[1], "port": int(sys.argv[2])}
if len(sys.argv) > 3:
    certificate, key = sys.argv[3:]
    place |= {"ssl": True, "ssl_ca_certs": certificate}
    place |= {"ssl_certfile": certificate, "ssl_keyfile": key}
client = RedisCluster(**place, decode_responses=True)

assert len(client.get_nodes()) == 6, client.get_nodes()
assert len(client.get_primaries()) == 3, client.get_primaries()

for i in range(300):
    assert client.set(f"py:{i}", f"value {i}") is True
    assert client.get(f"py:{i}") == f"value {i}"
assert client.get("py:missing") is None
assert client.set("py:0", "no", nx=True) is None
assert client.mset({"{py}:a": 1, "{py}:b": 2}) is True
assert client.mget("{py}:a", "{py}:none", "{py}:b") == ["1", None, "2"]
assert client.mset_nonatomic({"py:x": 7, "py:y": 8, "py:z": 9})
assert client.mget_nonatomic("py:x", "py:y", "py:z") == ["7", "8", "9"]
assert client.delete("py:x", "py:y", "py:z") == 3
assert client.exists("py:x", "py:y") == 0
assert set(client.scan_iter(match="py:*", count=50)) == {f"py:{i}" for i in range(300)}

client.set("py:fading", "x", px=200)
client.set("py:lasting", "x", ex=1000)
assert 900 < client.ttl("py:lasting") <= 1000
assert client.persist("py:lasting") == 1
assert client.ttl("py:lasting") == -1
deadline = time.monotonic() + 30
while client.get("py:fading") is not None:
    assert time.monotonic() < deadline, "the key does not expire"
    time.sleep(0.05)

# Replicas and primaries in turn; a replica may be behind for a moment.
deadline = time.monotonic() + 60
reader = RedisCluster(**place, decode_responses=True, read_from_replicas=True)
for i in range(20):
    while reader.get(f"py:{i}") != f"value {i}":
        assert time.monotonic() < deadline, "a replica is far behind"
        time.sleep(0.05)

with client.pipeline() as pipeline:
    for i in range(1000):
        pipeline.set(f"py:pipe:{i}", i)
        pipeline.incr(f"py:pipe:{i}")
    replies = pipeline.execute()
assert replies[0::2] == [True] * 1000, replies[0::2]
assert replies[1::2] == list(range(1, 1001)), replies[1::2]

# A transaction belongs to a slot, and so to a node.
node = client.get_node_from_key("{py}:n")
direct = client.get_redis_connection(node)
with direct.pipeline(transaction=True) as transaction:
    transaction.set("{py}:n", 1)
    transaction.incrby("{py}:n", 41)
    assert transaction.execute() == [True, 42]
with direct.pipeline(transaction=True) as transaction:
    transaction.watch("{py}:n")
    client.set("{py}:n", "changed meanwhile")
    transaction.multi()
    transaction.set("{py}:n", "mine")
    try:
        transaction.execute()
        raise AssertionError("the watch had no effect")
    except WatchError:
        pass
assert client.get("{py}:n") == "changed meanwhile"

subscriber = client.pubsub()
subscriber.subscribe("py-news")
subscriber.psubscribe("py-*")


def heard():
    message = None
    end = time.monotonic() + 30
    while message is None:
        assert time.monotonic() < end, "no message"
        message = subscriber.get_message(timeout=1)
    return message["type"], message["data"]


assert heard() == ("subscribe", 1)
assert heard() == ("psubscribe", 2)
client.publish("py-news", "hello")
assert heard() == ("message", "hello")
assert heard() == ("pmessage", "hello")

try:
    client.incr("py:1")
    raise AssertionError("a text was incremented")
except ResponseError as error:
    assert str(error) == "value is not an integer or out of range", error

print("all is well")
