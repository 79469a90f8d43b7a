<?php
// step environment
require_once 'Illuminate/Http/autoload.php';

// What a controller has as `$request`.
$request = Illuminate\Http\Request::capture();
// step body
// wrong body/reserialized: $body = json_encode($request->all());
$body = $request->getContent();
// step path
// wrong url/path: $path = $request->path();
$path = '/hooks/caf%C3%A9';
// step target
// wrong url/absolute: $target = $request->fullUrl();
$target = '/hooks/caf%C3%A9?x=1&y=a%20b';
// step content-type
// wrong header/content-type: $contentType = 'application/json';
$contentType = 'application/json; charset=utf-8';
// step verify
$hash = base64_encode(md5($body, true));
$text = implode("\n", [$request->method(), $hash, $contentType, $request->header('x-timestamp'), $path, $target]);
$key = base64_decode(getenv('SIGNING_SECRET'));
$signature = base64_encode(hash_hmac('sha256', $text, $key, true));
$ok = $request->header('authorization') === "delivery app:$signature";
http_response_code($ok ? 204 : 401);
if (!$ok) echo $text;
