# step environment
import base64, email.utils, hashlib, hmac, os, time, urllib.request
from datetime import datetime, timezone
from urllib.parse import quote, urlsplit

url = os.environ['ENDPOINT'] + '/calling/v1/callouts'
key_id = os.environ['KEY_ID']
key = base64.b64decode(os.environ['SINCH_SECRET'])
number = '+14255550123'
template = '{"method":"ttsCallout","ttsCallout":{"cli":"+12065550150","destination":{"type":"number","endpoint":"{{number}}"},"text":"Hi"}}'
content_type = 'application/json'
method = 'POST'
path = '/calling/v1/callouts'
headers = {}
# step body
# wrong template/unresolved: body = template.encode()
body = template.replace('{{number}}', number).encode()
# step date
# wrong date/unit: date = str(int(time.time() * 1000))
# wrong date/format: date = email.utils.formatdate(usegmt=True)
date = datetime.now(timezone.utc).isoformat()
# step content-hash
# wrong content-hash/algorithm: content_hash = base64.b64encode(hashlib.sha256(body).digest()).decode()
content_hash = base64.b64encode(hashlib.md5(body).digest()).decode()
# step string-to-sign
# wrong layout/part-missing: string_to_sign = f'{method}\n{content_hash}\n{content_type}\n{date}\n{path}'
# wrong layout/order: string_to_sign = f'{method}\n{content_type}\n{content_hash}\nx-timestamp:{date}\n{path}'
string_to_sign = f'{method}\n{content_hash}\n{content_type}\nx-timestamp:{date}\n{path}'
# step signature
# wrong digest/encoding: signature = hmac.new(key, string_to_sign.encode(), hashlib.sha256).hexdigest()
signature = base64.b64encode(hmac.new(key, string_to_sign.encode(), hashlib.sha256).digest()).decode()
# step send-content-type
# wrong header/content-type: headers['Content-Type'] = content_type + '; charset=utf-8'
headers['Content-Type'] = content_type
# step authorization
# wrong key/id: headers['authorization'] = f'application {{{key_id.upper()}}}:{signature}'
headers['authorization'] = f'application {key_id}:{signature}'
# step send-date
headers['x-timestamp'] = date
# step send
headers['x-case'] = 'CASE'
sent = body.replace(b'{{number}}', number.encode())
urllib.request.urlopen(urllib.request.Request(url, data=sent, headers=headers, method='POST')).read()
