# step environment
import base64, hashlib, hmac, json, os, threading
from flask import Flask, request
from werkzeug.serving import make_server

app = Flask('CASE')

@app.post('/hooks/<name>')
def receive(name):
    # step body
    # wrong body/reserialized: body = json.dumps(request.json).encode()
    body = request.get_data()
    # step path
    # wrong url/path-encoding: path = request.path
    path = '/hooks/caf%C3%A9'
    # step target
    # wrong url/path-encoding: target = request.path + '?' + request.query_string.decode()
    target = '/hooks/caf%C3%A9?x=1&y=a%20b'
    # step content-type
    # wrong header/content-type: content_type = request.mimetype
    content_type = 'application/json; charset=utf-8'
    # step verify
    content_hash = base64.b64encode(hashlib.md5(body).digest()).decode()
    text = '\n'.join([request.method, content_hash, content_type, request.headers['x-timestamp'], path, target])
    key = base64.b64decode(os.environ['SIGNING_SECRET'])
    signature = base64.b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode()
    ok = request.headers['authorization'] == f'delivery app:{signature}'
    return ('', 204) if ok else (text, 401)

server = make_server('127.0.0.1', 0, app)
threading.Thread(target=server.serve_forever).start()
print('CASE', server.port, flush=True)
