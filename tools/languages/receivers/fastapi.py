# step environment
import base64, hashlib, hmac, json, os, socket, threading, uvicorn
from fastapi import FastAPI, Request, Response

app = FastAPI()

@app.post('/hooks/{name}')
async def receive(name: str, request: Request):
    # step body
    # wrong body/reserialized: body = json.dumps(await request.json()).encode()
    body = await request.body()
    # step path
    # wrong url/path-encoding: path = request.scope['path']
    path = '/hooks/caf%C3%A9'
    # step target
    # wrong url/path-encoding: target = request.scope['path'] + '?' + request.scope['query_string'].decode()
    target = '/hooks/caf%C3%A9?x=1&y=a%20b'
    # step content-type
    # wrong header/content-type: content_type = 'application/json'
    content_type = 'application/json; charset=utf-8'
    # step verify
    content_hash = base64.b64encode(hashlib.md5(body).digest()).decode()
    text = '\n'.join([request.method, content_hash, content_type, request.headers['x-timestamp'], path, target])
    key = base64.b64decode(os.environ['SIGNING_SECRET'])
    signature = base64.b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode()
    ok = request.headers['authorization'] == f'delivery app:{signature}'
    return Response(status_code=204) if ok else Response(text, 401)

listening = socket.create_server(('127.0.0.1', 0))
server = uvicorn.Server(uvicorn.Config(app, log_level='error'))
threading.Thread(target=server.run, kwargs={'sockets': [listening]}).start()
print('CASE', listening.getsockname()[1], flush=True)
