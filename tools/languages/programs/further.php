<?php
// step environment
$endpoint = getenv('ENDPOINT');
$keyId = getenv('KEY_ID');
$connectionString = getenv('CONNECTION_STRING');
$template = '/as/SCHEME/{{callConnectionId}}';
$callConnectionId = 'a1 b2';
$url = $endpoint . '/as/SCHEME/a1%20b2?b=2&a=%C3%A9%20x';
$data = ['text' => 'Grüße', 'tags' => ['a', 'b'], 'none' => ''];
$text = 'base64:' . getenv('SIGNING_SECRET');
$headers = [];
// step secret
$secret = getenv('SIGNING_SECRET');
// step key
// wrong key/encoding for sinch-webhook sinch-numbers: $key = base64_decode($secret);
// wrong key/encoding for ledger: $key = $secret;
// for azure-app-configuration sinch-voice-v2: $key = base64_decode($secret);
// for ledger: $key = hex2bin($secret);
$key = $secret;
// step body
$body = json_encode($data, JSON_UNESCAPED_UNICODE);
// step method
$method = 'POST';
// step target
$target = substr($url, strlen($endpoint));
// step path
// wrong url/path-encoding for ledger sinch-voice-v2: $path = rawurldecode(parse_url($url, PHP_URL_PATH));
$path = parse_url($url, PHP_URL_PATH);
// step query
// wrong url/query-encoding for ledger: parse_str(parse_url($url, PHP_URL_QUERY), $params); $query = http_build_query($params);
$query = parse_url($url, PHP_URL_QUERY);
// step host
$host = substr($endpoint, strlen('http://'));
// step content-type
$contentType = 'application/json';
// step content-length
// wrong header/content-length for ledger: $contentLength = (string) count(preg_split('//u', $body, -1, PREG_SPLIT_NO_EMPTY));
$contentLength = (string) strlen($body);
// step x-nonce
$xNonce = 'a1b2-c3';
// step x-sinch-webhook-signature-nonce
// wrong header/separator-inside for sinch-webhook: $xSinchWebhookSignatureNonce = '01FJA8B4A7BM43.YGWSG9GBV067';
$xSinchWebhookSignatureNonce = '01FJA8B4A7BM43YGWSG9GBV067';
// step date
// wrong date/unit for ledger sinch-webhook: $date = (string) (time() * 1000);
// for ledger sinch-webhook: $date = (string) time();
// for sinch-voice-v2: $date = gmdate('Y-m-d\TH:i:s\Z');
$date = gmdate('D, d M Y H:i:s \G\M\T');
// step content-hash
// wrong content-hash/encoding for ledger: $contentHash = base64_encode(sha1($body, true));
// for azure-app-configuration: $contentHash = base64_encode(hash('sha256', $body, true));
// for sinch-voice-v2: $contentHash = base64_encode(md5($body, true));
// for ledger: $contentHash = sha1($body);
$contentHash = hash('sha512', $body);
// step string-to-sign
// wrong url/scheme for postcard: $stringToSign = "http://hooks.example.com/voice?a=1\n$contentHash";
// for azure-app-configuration: $stringToSign = "$method\n$target\n$date;$host;$contentHash";
// for sinch-voice-v2: $stringToSign = "$method\n$contentHash\n$contentType\nx-timestamp:$date\n$path";
// for sinch-webhook: $stringToSign = "$body.$xSinchWebhookSignatureNonce.$date";
// for sinch-numbers: $stringToSign = $body;
// for ledger: $stringToSign = implode("\n", [$method, $path, $query, $host, $contentLength, $xNonce, $date, $contentHash]);
$stringToSign = "https://hooks.example.com/voice?a=1\n$contentHash";
// step signature
// wrong digest/encoding for ledger: $signature = base64_encode(hash_hmac('sha512', $stringToSign, $key, true));
// for sinch-numbers: $signature = hash_hmac('sha1', $stringToSign, $key);
// for ledger: $signature = hash_hmac('sha512', $stringToSign, $key);
// for postcard: $signature = base64_encode(hash_hmac('md5', $stringToSign, $key, true));
$signature = base64_encode(hash_hmac('sha256', $stringToSign, $key, true));
// step signed-headers
$signedHeaders = 'x-ms-date;host;x-ms-content-sha256';
// step authorization
// for azure-app-configuration: $headers[] = "authorization: HMAC-SHA256 Credential=$keyId&SignedHeaders=$signedHeaders&Signature=$signature";
// for sinch-voice-v2: $headers[] = "authorization: service $keyId:$signature";
// for sinch-webhook: $headers[] = "x-sinch-webhook-signature: $signature";
// for sinch-numbers: $headers[] = "x-sinch-signature: $signature";
// for ledger: $headers[] = "authorization: Ledger key=$keyId,mac=$signature";
$headers[] = "x-postcard: $signature";
// step send-date
// for azure-app-configuration: $headers[] = "x-ms-date: $date";
// for sinch-webhook: $headers[] = "x-sinch-webhook-signature-timestamp: $date";
// for ledger: $headers[] = "x-time: $date";
$headers[] = "x-timestamp: $date";
// step send-content-hash
// for azure-app-configuration: $headers[] = "x-ms-content-sha256: $contentHash";
$headers[] = "x-body-sha1: $contentHash";
// step send-x-nonce
// wrong header/duplicated for ledger: $headers[] = "x-nonce: $xNonce"; $headers[] = 'X-Nonce: another';
$headers[] = "x-nonce: $xNonce";
// step send-x-sinch-webhook-signature-nonce
$headers[] = "x-sinch-webhook-signature-nonce: $xSinchWebhookSignatureNonce";
// step send-content-type
$headers[] = "Content-Type: $contentType";
// step send
$headers[] = 'x-case: CASE';
$http = ['method' => 'POST', 'header' => array_values($headers), 'content' => $body, 'ignore_errors' => true];
file_get_contents($url, false, stream_context_create(['http' => $http]));
