"""Checks key + string to sign -> signature of every vector that is made with a shared secret: python3 run.py [folder]"""
import base64, glob, hashlib, hmac, json, os, sys

folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
decoders = {
    "utf8": lambda text: text.encode(),
    "hex": bytes.fromhex,
    "base64": base64.b64decode,
    "whsec": lambda text: base64.b64decode(text.removeprefix("whsec_")),
}
encoders = {
    "base64": lambda digest: base64.b64encode(digest).decode(),
    "base64url": lambda digest: base64.urlsafe_b64encode(digest).decode().rstrip("="),
    "hex": bytes.hex,
    "upper-hex": lambda digest: digest.hex().upper(),
}
count, wrong = 0, []
for path in sorted(glob.glob(os.path.join(folder, "*", "*.json"))):
    file = json.load(open(path, encoding="utf-8"))
    if file["kind"] != "sign" or "mac" not in file:
        continue
    for vector in file["vectors"]:
        key, stages = vector["key"], vector["stages"]
        mac = file["mac"]["choices"][key["mac"]] if "mac" in key else file["mac"]
        derived = stages.get("signingKey")
        secret = bytes.fromhex(derived) if derived else decoders[file["keyEncoding"]](key["secret"])
        string = stages["stringToSign"]
        data = string.encode() if isinstance(string, str) else base64.b64decode(string["base64"])
        if mac["algorithm"] == "md5-suffix":
            digest = hashlib.md5(data + secret).digest()
        else:
            digest = hmac.new(secret, data, mac["algorithm"]).digest()
        signature = encoders[mac["encoding"]](digest)
        count += 1
        if signature != stages["signature"]:
            wrong.append(f"{path} {vector['id']}: {signature}, expected {stages['signature']}")
print("\n".join([*wrong, f"{count} vectors, {len(wrong)} wrong"]))
sys.exit(1 if wrong or count == 0 else 0)
