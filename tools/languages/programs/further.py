# step environment
import base64, email.utils, hashlib, hmac, json, os, re, time, urllib.request
from datetime import datetime, timezone
from urllib.parse import quote, unquote, urlsplit

endpoint = os.environ['ENDPOINT']
key_id = os.environ['KEY_ID']
connection_string = os.environ['CONNECTION_STRING']
template = '/as/SCHEME/{{callConnectionId}}'
call_connection_id = 'a1 b2'
url = endpoint + '/as/SCHEME/a1%20b2?b=2&a=%C3%A9%20x'
data = {'text': 'Grüße', 'tags': ['a', 'b'], 'none': ''}
text = 'base64:' + os.environ['SIGNING_SECRET']
headers = {}
# step secret
secret = os.environ['SIGNING_SECRET']
# step key
# wrong key/encoding for sinch-webhook sinch-numbers: key = base64.b64decode(secret)
# wrong key/encoding for ledger: key = secret.encode()
# for azure-app-configuration sinch-voice-v2: key = base64.b64decode(secret)
# for ledger: key = bytes.fromhex(secret)
key = secret.encode()
# step body
body = json.dumps(data, ensure_ascii=False).encode()
# step method
method = 'POST'
# step target
# wrong url/query-order for azure-app-configuration: target = urlsplit(url).path + '?' + '&'.join(sorted(urlsplit(url).query.split('&')))
target = urlsplit(url).path + '?' + urlsplit(url).query
# step path
# wrong url/path-encoding for ledger sinch-voice-v2: path = unquote(urlsplit(url).path)
path = urlsplit(url).path
# step query
# wrong url/query-order for ledger: query = '&'.join(sorted(urlsplit(url).query.split('&')))
query = urlsplit(url).query
# step host
# wrong url/host for ledger: host = urlsplit(url).hostname
host = urlsplit(url).netloc
# step content-type
content_type = 'application/json'
# step content-length
# wrong header/content-length for ledger: content_length = str(len(body.decode()))
content_length = str(len(body))
# step x-nonce
x_nonce = 'a1b2-c3'
# step x-sinch-webhook-signature-nonce
# wrong header/separator-inside for sinch-webhook: x_sinch_webhook_signature_nonce = '01FJA8B4A7BM43.YGWSG9GBV067'
x_sinch_webhook_signature_nonce = '01FJA8B4A7BM43YGWSG9GBV067'
# step date
# wrong date/unit for ledger sinch-webhook: date = str(int(time.time() * 1000))
# for ledger sinch-webhook: date = str(int(time.time()))
# for sinch-voice-v2: date = datetime.now(timezone.utc).isoformat()
date = email.utils.formatdate(usegmt=True)
# step content-hash
# wrong content-hash/encoding for ledger: content_hash = base64.b64encode(hashlib.sha1(body).digest()).decode()
# for azure-app-configuration: content_hash = base64.b64encode(hashlib.sha256(body).digest()).decode()
# for sinch-voice-v2: content_hash = base64.b64encode(hashlib.md5(body).digest()).decode()
# for ledger: content_hash = hashlib.sha1(body).hexdigest()
content_hash = hashlib.sha512(body).hexdigest()
# step string-to-sign
# wrong url/scheme for postcard: string_to_sign = f'http://hooks.example.com/voice?a=1\n{content_hash}'
# wrong body/reserialized for sinch-webhook: string_to_sign = f'{json.dumps(data)}.{x_sinch_webhook_signature_nonce}.{date}'
# for azure-app-configuration: string_to_sign = f'{method}\n{target}\n{date};{host};{content_hash}'
# for sinch-voice-v2: string_to_sign = f'{method}\n{content_hash}\n{content_type}\nx-timestamp:{date}\n{path}'
# for sinch-webhook: string_to_sign = f'{body.decode()}.{x_sinch_webhook_signature_nonce}.{date}'
# for sinch-numbers: string_to_sign = body.decode()
# for ledger: string_to_sign = '\n'.join([method, path, query, host, content_length, x_nonce, date, content_hash])
string_to_sign = f'https://hooks.example.com/voice?a=1\n{content_hash}'
# step signature
# wrong digest/encoding for ledger: signature = base64.b64encode(hmac.new(key, string_to_sign.encode(), hashlib.sha512).digest()).decode()
# wrong digest/encoding for sinch-numbers: signature = base64.b64encode(hmac.new(key, string_to_sign.encode(), hashlib.sha1).digest()).decode()
# for sinch-numbers: signature = hmac.new(key, string_to_sign.encode(), hashlib.sha1).hexdigest()
# for ledger: signature = hmac.new(key, string_to_sign.encode(), hashlib.sha512).hexdigest()
# for postcard: signature = base64.b64encode(hmac.new(key, string_to_sign.encode(), hashlib.md5).digest()).decode()
signature = base64.b64encode(hmac.new(key, string_to_sign.encode(), hashlib.sha256).digest()).decode()
# step signed-headers
signed_headers = 'x-ms-date;host;x-ms-content-sha256'
# step authorization
# wrong key/id for ledger: headers['authorization'] = f'Ledger key={key_id.upper()},mac={signature}'
# for azure-app-configuration: headers['authorization'] = f'HMAC-SHA256 Credential={key_id}&SignedHeaders={signed_headers}&Signature={signature}'
# for sinch-voice-v2: headers['authorization'] = f'service {key_id}:{signature}'
# for sinch-webhook: headers['x-sinch-webhook-signature'] = signature
# for sinch-numbers: headers['x-sinch-signature'] = signature
# for ledger: headers['authorization'] = f'Ledger key={key_id},mac={signature}'
headers['x-postcard'] = signature
# step send-date
# for azure-app-configuration: headers['x-ms-date'] = date
# for sinch-webhook: headers['x-sinch-webhook-signature-timestamp'] = date
# for ledger: headers['x-time'] = date
headers['x-timestamp'] = date
# step send-content-hash
# for azure-app-configuration: headers['x-ms-content-sha256'] = content_hash
headers['x-body-sha1'] = content_hash
# step send-x-nonce
# wrong header/changed-in-transit for ledger: headers['x-nonce'] = x_nonce.upper()
headers['x-nonce'] = x_nonce
# step send-x-sinch-webhook-signature-nonce
headers['x-sinch-webhook-signature-nonce'] = x_sinch_webhook_signature_nonce
# step send-content-type
headers['Content-Type'] = content_type
# step send
headers['x-case'] = 'CASE'
urllib.request.urlopen(urllib.request.Request(url, data=body, headers=headers, method='POST')).read()
