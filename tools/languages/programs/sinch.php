<?php
// step environment
$url = getenv('ENDPOINT') . '/calling/v1/callouts';
$keyId = getenv('KEY_ID');
$key = base64_decode(getenv('SINCH_SECRET'));
$number = '+14255550123';
$template = '{"method":"ttsCallout","ttsCallout":{"cli":"+12065550150","destination":{"type":"number","endpoint":"{{number}}"},"text":"Hi"}}';
$contentType = 'application/json';
$method = 'POST';
$path = '/calling/v1/callouts';
$headers = [];
// step body
// wrong template/unresolved: $body = $template;
$body = str_replace('{{number}}', $number, $template);
// step date
// wrong date/unit: $date = (string) (time() * 1000);
// wrong date/format: $date = gmdate('D, d M Y H:i:s') . ' GMT';
$date = gmdate('Y-m-d\TH:i:s\Z');
// step content-hash
// wrong content-hash/algorithm: $contentHash = base64_encode(hash('sha256', $body, true));
// wrong content-hash/encoding: $contentHash = md5($body);
$contentHash = base64_encode(md5($body, true));
// step string-to-sign
// wrong layout/part-missing: $stringToSign = "$method\n$contentHash\n$contentType\n$date\n$path";
$stringToSign = "$method\n$contentHash\n$contentType\nx-timestamp:$date\n$path";
// step signature
// wrong digest/encoding: $signature = base64_encode(hash_hmac('sha256', $stringToSign, $key));
$signature = base64_encode(hash_hmac('sha256', $stringToSign, $key, true));
// step send-content-type
// wrong header/content-type: $headers[] = "Content-Type: $contentType; charset=utf-8";
$headers[] = "Content-Type: $contentType";
// step authorization
// wrong key/id: $headers[] = 'authorization: application {' . strtoupper($keyId) . '}:' . $signature;
$headers[] = "authorization: application $keyId:$signature";
// step send-date
$headers[] = "x-timestamp: $date";
// step send
$headers[] = 'x-case: CASE';
$sent = str_replace('{{number}}', $number, $body);
$http = ['method' => 'POST', 'header' => array_values($headers), 'content' => $sent, 'ignore_errors' => true];
file_get_contents($url, false, stream_context_create(['http' => $http]));
