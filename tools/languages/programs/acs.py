# step environment
import base64, email.utils, hashlib, hmac, json, os, re, time, urllib.request
from datetime import datetime, timezone
from urllib.parse import quote, urlsplit

endpoint = os.environ['ENDPOINT']
call_connection_id = os.environ['CALL']
connection_string = os.environ['CONNECTION_STRING']
text = 'base64:' + os.environ['SIGNING_SECRET']
template = '/calling/callConnections/{{callConnectionId}}:play?api-version=2023-10-15'
path = template.replace('{{callConnectionId}}', call_connection_id)
data = {'playSources': [{'kind': 'text', 'text': {'text': 'Grüße', 'sourceLocale': 'de-DE', 'voiceKind': 'male'}}]}
body = json.dumps(data, separators=(',', ':'), ensure_ascii=False).encode()
headers = {'Content-Type': 'application/json'}
# step url
url = endpoint + path
# step secret
secret = os.environ['SIGNING_SECRET']
# step key
# wrong key/encoding: key = secret.encode()
key = base64.b64decode(secret)
# step method
# wrong method/case: method = 'post'
# wrong method/other: method = 'GET'
method = 'POST'
# step target
# wrong url/absolute: target = url
# wrong url/query-omitted: target = urlsplit(url).path
# wrong url/path: target = url.removeprefix(endpoint + '/calling')
# wrong url/path-encoding: target = quote(urlsplit(url).path) + '?' + urlsplit(url).query
# wrong template/unresolved: target = template
target = url.removeprefix(endpoint)
# step host
# wrong url/host: host = endpoint
# wrong url/host: host = urlsplit(url).netloc + '/'
host = urlsplit(url).netloc
# step date
# wrong date/format: date = datetime.now(timezone.utc).isoformat()
# wrong date/not-the-one-sent: date = email.utils.formatdate(usegmt=True); headers['x-ms-date'] = email.utils.formatdate(time.time() + 1, usegmt=True)
# wrong date/clock-skew: date = email.utils.formatdate(time.time() - 7200, usegmt=True)
date = email.utils.formatdate(usegmt=True)
# step content-hash
# wrong body/reserialized: content_hash = base64.b64encode(hashlib.sha256(json.dumps(data).encode()).digest()).decode()
# wrong body/part-only: content_hash = base64.b64encode(hashlib.sha256(json.dumps(data['playSources'], separators=(',', ':'), ensure_ascii=False).encode()).digest()).decode()
# wrong body/missing: content_hash = base64.b64encode(hashlib.sha256(b'').digest()).decode()
# wrong body/charset: content_hash = base64.b64encode(hashlib.sha256(body.decode().encode('latin-1')).digest()).decode()
# wrong body/newlines: content_hash = base64.b64encode(hashlib.sha256(body + b'\n').digest()).decode()
# wrong body/transport-encoding: content_hash = base64.b64encode(hashlib.sha256(base64.b64encode(body)).digest()).decode()
# wrong content-hash/encoding: content_hash = hashlib.sha256(body).hexdigest()
# wrong content-hash/algorithm: content_hash = base64.b64encode(hashlib.md5(body).digest()).decode()
content_hash = base64.b64encode(hashlib.sha256(body).digest()).decode()
# step string-to-sign
# wrong layout/literal-newline: string_to_sign = rf'{method}\n{target}\n{date};{host};{content_hash}'
# wrong layout/newlines: string_to_sign = f'{method}\r\n{target}\r\n{date};{host};{content_hash}'
# wrong layout/trailing-newline: string_to_sign = f'{method}\n{target}\n{date};{host};{content_hash}\n'
# wrong layout/separator: string_to_sign = '\n'.join([method, target, date, host, content_hash])
# wrong layout/order: string_to_sign = f'{method}\n{target}\n{host};{date};{content_hash}'
string_to_sign = f'{method}\n{target}\n{date};{host};{content_hash}'
# step signature
# wrong digest/encoding: signature = hmac.new(key, string_to_sign.encode(), hashlib.sha256).hexdigest()
# wrong digest/algorithm: signature = base64.b64encode(hmac.new(key, string_to_sign.encode(), hashlib.sha1).digest()).decode()
# wrong digest/not-hmac: signature = base64.b64encode(hashlib.sha256(key + string_to_sign.encode()).digest()).decode()
# wrong key/swapped-with-message: signature = base64.b64encode(hmac.new(string_to_sign.encode(), key, hashlib.sha256).digest()).decode()
signature = base64.b64encode(hmac.new(key, string_to_sign.encode(), hashlib.sha256).digest()).decode()
# step signed-headers
# wrong header/signed-set: signed_headers = 'host;x-ms-date;x-ms-content-sha256'
# wrong header/name-case: signed_headers = 'X-Ms-Date;Host;X-Ms-Content-Sha256'
signed_headers = 'x-ms-date;host;x-ms-content-sha256'
# step authorization
# wrong header/authorization-syntax: headers['Authorization'] = signature
headers['Authorization'] = f'HMAC-SHA256 SignedHeaders={signed_headers}&Signature={signature}'
# step send-date
# wrong header/signed-set: headers['x-date'] = date
headers.setdefault('x-ms-date', date)
# step send-content-hash
# wrong content-hash/not-sent: headers['content-hash'] = content_hash
headers['x-ms-content-sha256'] = content_hash
# step send
headers['x-case'] = 'CASE'
urllib.request.urlopen(urllib.request.Request(url, data=body, headers=headers, method='POST')).read()
