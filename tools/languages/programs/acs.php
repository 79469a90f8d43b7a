<?php
// step environment
$endpoint = getenv('ENDPOINT');
$callConnectionId = getenv('CALL');
$connectionString = getenv('CONNECTION_STRING');
$text = 'base64:' . getenv('SIGNING_SECRET');
$template = '/calling/callConnections/{{callConnectionId}}:play?api-version=2023-10-15';
$path = str_replace('{{callConnectionId}}', $callConnectionId, $template);
$data = ['playSources' => [['kind' => 'text', 'text' => ['text' => 'Grüße', 'sourceLocale' => 'de-DE', 'voiceKind' => 'male']]]];
$body = json_encode($data, JSON_UNESCAPED_UNICODE);
$headers = ['Content-Type: application/json'];
// step url
$url = $endpoint . $path;
// step secret
$secret = getenv('SIGNING_SECRET');
// step key
// wrong key/encoding: $key = $secret;
$key = base64_decode($secret);
// step method
// wrong method/case: $method = 'post';
// wrong method/other: $method = 'GET';
$method = 'POST';
// step target
// wrong url/absolute: $target = $url;
// wrong url/query-omitted: $target = parse_url($url, PHP_URL_PATH);
// wrong url/path-encoding: $target = str_replace(':', '%3A', substr($url, strlen($endpoint)));
// wrong template/unresolved: $target = $template;
$target = substr($url, strlen($endpoint));
// step host
// wrong url/host: $host = $endpoint;
$host = substr($endpoint, strlen('http://'));
// step date
// wrong date/format: $date = date(DATE_ATOM);
// wrong date/not-the-one-sent: $date = gmdate('D, d M Y H:i:s \G\M\T'); $headers['x-ms-date'] = 'x-ms-date: ' . gmdate('D, d M Y H:i:s \G\M\T', time() + 1);
// wrong date/clock-skew: $date = gmdate('D, d M Y H:i:s', time() - 7200) . ' GMT';
$date = gmdate('D, d M Y H:i:s \G\M\T');
// step content-hash
// wrong body/reserialized: $contentHash = base64_encode(hash('sha256', json_encode($data), true));
// wrong body/missing: $contentHash = base64_encode(hash('sha256', '', true));
// wrong body/charset: $contentHash = base64_encode(hash('sha256', iconv('UTF-8', 'ISO-8859-1', $body), true));
// wrong content-hash/encoding: $contentHash = base64_encode(hash('sha256', $body));
// wrong content-hash/encoding: $contentHash = hash('sha256', $body);
// wrong content-hash/algorithm: $contentHash = base64_encode(md5($body, true));
$contentHash = base64_encode(hash('sha256', $body, true));
// step string-to-sign
// wrong layout/literal-newline: $stringToSign = $method . '\n' . $target . '\n' . "$date;$host;$contentHash";
// wrong layout/newlines: $stringToSign = "$method\r\n$target\r\n$date;$host;$contentHash";
// wrong layout/trailing-newline: $stringToSign = "$method\n$target\n$date;$host;$contentHash\n";
// wrong layout/separator: $stringToSign = implode("\n", [$method, $target, $date, $host, $contentHash]);
// wrong layout/order: $stringToSign = "$method\n$target\n$host;$date;$contentHash";
$stringToSign = "$method\n$target\n$date;$host;$contentHash";
// step signature
// wrong digest/encoding: $signature = base64_encode(hash_hmac('sha256', $stringToSign, $key));
// wrong digest/encoding: $signature = hash_hmac('sha256', $stringToSign, $key);
// wrong digest/algorithm: $signature = base64_encode(hash_hmac('sha1', $stringToSign, $key, true));
// wrong key/swapped-with-message: $signature = base64_encode(hash_hmac('sha256', $key, $stringToSign, true));
$signature = base64_encode(hash_hmac('sha256', $stringToSign, $key, true));
// step signed-headers
// wrong header/signed-set: $signedHeaders = 'host;x-ms-date;x-ms-content-sha256';
$signedHeaders = 'x-ms-date;host;x-ms-content-sha256';
// step authorization
// wrong header/authorization-syntax: $headers[] = 'Authorization: ' . $signature;
$headers[] = "Authorization: HMAC-SHA256 SignedHeaders=$signedHeaders&Signature=$signature";
// step send-date
// wrong header/signed-set: $headers[] = "x-date: $date";
$headers['x-ms-date'] ??= "x-ms-date: $date";
// step send-content-hash
// wrong content-hash/not-sent: $headers[] = "content-hash: $contentHash";
$headers[] = "x-ms-content-sha256: $contentHash";
// step send
$headers[] = 'x-case: CASE';
$http = ['method' => 'POST', 'header' => array_values($headers), 'content' => $body, 'ignore_errors' => true];
file_get_contents($url, false, stream_context_create(['http' => $http]));
