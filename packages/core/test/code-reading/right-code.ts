// Right programs, each with what resembles a mistake: a time that is only logged, a key that was decoded before, an encoder
// for something else, a hash of something that is not signed, a second scheme. Several are the examples of providers' documentation.

const R = String.raw;

/** By what is in it. */
export const rightCode: Readonly<Record<string, string>> = {
  'js logs time': R`import { createHmac } from 'node:crypto';
console.log(new Date().toUTCString(), 'starting');
const date = new Date().toUTCString();
const t = 'POST\n' + path + '\n' + date + ';' + host + ';' + hash;
const s = createHmac('sha256', key).update(t).digest('base64');
fetch(url, { headers: { 'x-ms-date': date, 'x-ms-content-sha256': hash } });`,
  'js header set first, read back': R`import { createHmac } from 'node:crypto';
const headers = { 'x-ms-date': new Date().toUTCString(), 'x-ms-content-sha256': hash };
const t = 'POST\n' + path + '\n' + headers['x-ms-date'] + ';' + host + ';' + hash;
const s = createHmac('sha256', key).update(t).digest('base64');
console.log('sent at', new Date().toUTCString());`,
  'js iso in body, http date by a library': R`import { createHmac } from 'node:crypto';
const body = JSON.stringify({ createdAt: new Date().toISOString() });
const date = DateTime.utc().toHTTP();
headers['x-ms-date'] = date; headers['x-ms-content-sha256'] = hash;
const s = createHmac('sha256', key).update('POST\n/a\n' + date).digest('base64');`,
  'py iso in a log': R`import hmac
date = email.utils.format_datetime(datetime.now(timezone.utc), usegmt=True)
headers = {'x-ms-date': date, 'x-ms-content-sha256': h}
print(datetime.now(timezone.utc).isoformat(), 'sending')
hmac.new(base64.b64decode(key), s.encode(), hashlib.sha256)`,
  'js path and query by href': R`import { createHmac } from 'node:crypto';
const url = new URL('https://c.communication.azure.com/sms?api-version=2021-03-07');
console.log('calling', url.pathname);
const target = url.href.slice(url.origin.length);
createHmac('sha256', key).update('POST\n' + target);`,
  'js pathAndQuery name': R`import { createHmac } from 'node:crypto';
const pathAndQuery = '/sms?api-version=2021-03-07';
const url = new URL(pathAndQuery, 'https://c.communication.azure.com');
console.log('calling', url.pathname);
createHmac('sha256', key).update('POST\n' + pathAndQuery);`,
  'js key bytes by own function': R`import { createHmac } from 'node:crypto';
const key = base64ToBytes(process.env.ACCESS_KEY);
const s = createHmac('sha256', Buffer.from(key)).update(t).digest('base64'); headers['x-ms-content-sha256'] = h;`,
  'js key buffer': R`import { createHmac } from 'node:crypto';
const secret = Uint8Array.from(atob(process.env.ACCESS_KEY), (c) => c.charCodeAt(0));
const s = createHmac('sha256', Buffer.from(secret)).update(t).digest('base64'); headers['x-ms-content-sha256'] = h;`,
  'js debug join': R`import { createHmac } from 'node:crypto';
const t = ['POST', path, date].join('\n');
console.log('string to sign:', t.split('\n').join('\\n'));
const s = createHmac('sha256', Buffer.from(key, 'base64')).update(t).digest('base64'); headers['x-ms-content-sha256'] = h;`,
  'js debug replace': R`import { createHmac } from 'node:crypto';
const t = 'POST' + '\n' + path;
const shown = t.split('\n').join('\\n');
logger.debug(shown);
createHmac('sha256', Buffer.from(key, 'base64')).update(t); headers['x-ms-content-sha256'] = h;`,
  'py debug join': R`import hmac
s = '\n'.join(['POST', path])
print('\\n'.join(s.split('\n')))
hmac.new(base64.b64decode(key), s.encode(), hashlib.sha256); h = {'x-ms-content-sha256': c}`,
  'py literal to escape': R`import hmac
s = f"{m}\\n{p}".replace('\\n', '\n')
hmac.new(base64.b64decode(key), s.encode(), hashlib.sha256); h = {'x-ms-content-sha256': c}`,
  'bash printf interprets': R`#!/bin/bash
string_to_sign="POST\n$path\n$date;$host;$hash"
hash=$(printf '%s' "$body" | openssl dgst -sha256 -binary | base64)
sig=$(printf "$string_to_sign" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$hex -binary | base64)
curl -H "x-ms-content-sha256: $hash" "$url"`,
  'bash fingerprint': R`#!/bin/bash
run_id=$(echo "$url" | sha256sum | cut -c1-8)
sig=$(printf '%s' "$sts" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$hex -binary | base64)
curl -H "x-ms-content-sha256: $hash" "$url"`,
  'bash file without newline': R`#!/bin/bash
printf '%s' '{"a":1}' > body.json
hash=$(openssl dgst -sha256 -binary body.json | base64)
sig=$(printf '%s' "$sts" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$hex -binary | base64)
curl -d @body.json -H "x-ms-content-sha256: $hash" "$url"`,
  'bash jq -c': R`#!/bin/bash
jq -cj . in.json > body.json
hash=$(openssl dgst -sha256 -binary body.json | base64)
sig=$(printf '%s' "$sts" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$hex -binary | base64)
curl --data @body.json -H "x-ms-content-sha256: $hash" "$url"`,
  'js own hmacSha256(key, message)': R`import { createHmac } from 'node:crypto';
const hmacSha256 = (key, message) => createHmac('sha256', key).update(message).digest();
const s = hmacSha256(key, message).toString('base64');
headers['x-ms-content-sha256'] = h;`,
  'py print json': R`import hmac, json, requests
body = json.dumps(payload, separators=(',', ':')).encode()
sig = hmac.new(base64.b64decode(key), s.encode(), hashlib.sha256)
requests.post(token_url, json=login)
r = requests.post(url, data=body, headers={'x-ms-content-sha256': h})`,
  'py auth base': R`import hmac, json, requests
class Sign(AuthBase):
    def __call__(self, r):
        h = base64.b64encode(hashlib.sha256(r.body).digest())
        r.headers['x-ms-content-sha256'] = h
        return r
print(json.dumps(payload, indent=2))
requests.post(url, json=payload, auth=Sign())`,
  'js stringify shown': R`import { createHmac, createHash } from 'node:crypto';
console.log(JSON.stringify(payload, null, 2));
const hash = createHash('sha256').update(JSON.stringify(payload)).digest('base64');
createHmac('sha256', Buffer.from(key, 'base64'));
fetch(url, { body: JSON.stringify(payload), headers: { 'x-ms-content-sha256': hash } });`,
  'cs handler': R`using System.Security.Cryptography;
public class SignHandler : DelegatingHandler { protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken c) {
 var bytes = await request.Content.ReadAsByteArrayAsync(c);
 var hash = Convert.ToBase64String(SHA256.HashData(bytes));
 request.Headers.Add("x-ms-content-sha256", hash);
 using var hmac = new HMACSHA256(Convert.FromBase64String(key)); return await base.SendAsync(request, c); } }
Console.WriteLine(JsonSerializer.Serialize(model));
await client.PostAsJsonAsync(url, model);`,
  'js forwarder': R`import { createHmac } from 'node:crypto';
app.post('/calls', async (req, res) => {
  const response = await signedPost('/calling/callConnections', JSON.stringify(req.body));
  res.json(await response.json());
});
function signedPost(path, body) { const s = createHmac('sha256', Buffer.from(key, 'base64')).update(body); return fetch(path, { body, headers: { 'x-ms-content-sha256': h } }); }`,
  'py logs json': R`import hmac
raw = request.get_data()
expected = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
if not hmac.compare_digest(expected, request.headers['x-hub-signature-256'][7:]): abort(401)
print(json.dumps(request.get_json(), indent=2))`,
  'py stores json': R`import hmac
raw = request.get_data()
expected = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
if not hmac.compare_digest(expected, request.headers['x-hub-signature-256'][7:]): abort(401)
db.save(json.dumps(request.get_json()))`,
  'js receiver logs': R`import { createHmac } from 'node:crypto';
const expected = createHmac('sha256', secret).update(req.rawBody).digest('hex');
if (expected !== req.get('x-hub-signature-256')) return res.sendStatus(401);
cache.set(hashOf(JSON.stringify(req.body)), 1);
queue.signal(JSON.stringify(req.body));`,
  'cs content type read': R`using System.Security.Cryptography;
var content = new StringContent(body, Encoding.UTF8, "application/json");
var sts = "POST\n" + md5 + "\n" + content.Headers.ContentType + "\nx-timestamp:" + ts + "\n" + path;
using var hmac = new HMACSHA256(Convert.FromBase64String(secret));
request.Headers.Add("x-timestamp", ts); request.Headers.TryAddWithoutValidation("Authorization", "application " + key + ":" + sig);`,
  'pm body updated': R`pm.request.body.update(pm.variables.replaceIn(pm.request.body.raw));
const hash = CryptoJS.SHA256(pm.request.body.raw).toString(CryptoJS.enc.Base64);
const url = pm.variables.replaceIn(pm.request.url.getPathWithQuery());
const s = CryptoJS.HmacSHA256(t, CryptoJS.enc.Base64.parse(pm.variables.get('key'))).toString(CryptoJS.enc.Base64);
/* body: {"a": "{{b}}"} */
const example = { "a": "{{b}}" };`,
  'pm url updated': R`pm.request.url.update(pm.variables.replaceIn(pm.request.url.toString()));
const url = pm.request.url.getPathWithQuery();
const s = CryptoJS.HmacSHA256('POST\n' + url, CryptoJS.enc.Base64.parse(pm.variables.get('key'))).toString(CryptoJS.enc.Base64);
// {{endpoint}}/calling/callConnections/{{id}}:play
const other = '{{endpoint}}/calling/callConnections/{{id}}:play';`,
  'rb basic auth beside': R`require 'openssl'
basic = Base64.encode64("#{user}:#{password}").delete("\n")
sig = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', Base64.decode64(ENV['K']), s))
request['x-ms-content-sha256'] = h`,
  'rb picture in mail base64': R`require 'openssl'
picture = Base64.encode64(File.binread('a.png'))
sig = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', Base64.decode64(ENV['K']), s))
request['x-ms-content-sha256'] = h`,
  'go time logged': R`package main
import "crypto/hmac"
func main() {
 date := time.Now().UTC().Format(http.TimeFormat)
 log.Println(time.Now().Format(time.RFC3339), "sending")
 mac := hmac.New(sha256.New, key)
 req.Header.Set("x-ms-date", date)
 req.Header.Set("x-ms-content-sha256", hash)
}`,
  'go key decoded as string': R`package main
import "crypto/hmac"
func main() {
 accessKey, _ := base64.StdEncoding.DecodeString(os.Getenv("KEY"))
 mac := hmac.New(sha256.New, []byte(accessKey))
 req.Header.Set("x-ms-content-sha256", hash)
}`,
  'java key bytes': R`byte[] decoded = Base64.getDecoder().decode(System.getenv("KEY"));
String sharedKey = new String(decoded, StandardCharsets.ISO_8859_1);
Mac mac = Mac.getInstance("HmacSHA256");
mac.init(new SecretKeySpec(sharedKey.getBytes(StandardCharsets.ISO_8859_1), "HmacSHA256"));
b.header("x-ms-content-sha256", h);`,
  'php key decoded before': R`<?php
$config['key'] = base64_decode($_ENV['KEY']);
$s = hash_hmac('sha256', $t, config('key'), true);
$h[] = 'x-ms-content-sha256: ' . $c;`,
  'php uri of log': R`<?php
$url = 'https://c.communication.azure.com/sms?api-version=2021-03-07';
error_log('calling ' . parse_url($url, PHP_URL_PATH));
$target = substr($url, strlen('https://c.communication.azure.com'));
$s = hash_hmac('sha256', "POST\n" . $target, base64_decode($key), true);
$h[] = 'x-ms-content-sha256: ' . $c;`,
  'ps date logged': R`$hmac = New-Object System.Security.Cryptography.HMACSHA256
$hmac.Key = [Convert]::FromBase64String($key)
Write-Host ([DateTime]::UtcNow.ToString('r'))
$date = [DateTime]::UtcNow.ToString('r')
$headers = @{ 'x-ms-date' = $date; 'x-ms-content-sha256' = $hash }`,
  'ps literal shown': R`$hmac = New-Object System.Security.Cryptography.HMACSHA256
$hmac.Key = [Convert]::FromBase64String($key)
Write-Host ($sts -replace "${'`'}n", '\n')
Write-Host "path $path\nnext $x"
$headers = @{ 'x-ms-content-sha256' = $hash }`,
  'cs show': R`using System.Security.Cryptography;
var sts = "POST\n" + path;
Console.WriteLine(string.Join("\\n", sts.Split('\n')));
using var hmac = new HMACSHA256(Convert.FromBase64String(key));
request.Headers.Add("x-ms-content-sha256", hash);`,
  'conn string': R`import { createHmac } from 'node:crypto';
const [endpointPart, keyPart] = connectionString.split(';');
const key = connectionString.split(';')[1].slice('accesskey='.length);
createHmac('sha256', Buffer.from(key, 'base64'));`,
  'conn string 2': R`import { createHmac } from 'node:crypto';
const pair = connectionString.split(';')[1];
const key = pair.split('accesskey=').pop();
createHmac('sha256', Buffer.from(key, 'base64'));`,
  'conn string 3 (key first)': R`import { createHmac } from 'node:crypto';
const endpoint = connectionString.split(';')[1];
const key = connectionString.split(';')[0].substring(10);
createHmac('sha256', Buffer.from(key, 'base64'));`,
  'conn string 4': R`import hmac
pair = connection_string.split(';')[1]
name, key = pair.split('=', 1)
hmac.new(base64.b64decode(key), s, hashlib.sha256)`,
  'ms csharp tutorial': R`using System.Security.Cryptography;
static string ComputeContentHash(string content) {
    using var sha256 = SHA256.Create();
    byte[] hashedBytes = sha256.ComputeHash(Encoding.UTF8.GetBytes(content));
    return Convert.ToBase64String(hashedBytes);
}
static string ComputeSignature(string stringToSign) {
    string secret = "resourceAccessKey";
    using var hmacsha256 = new HMACSHA256(Convert.FromBase64String(secret));
    var bytes = Encoding.UTF8.GetBytes(stringToSign);
    var hashedBytes = hmacsha256.ComputeHash(bytes);
    return Convert.ToBase64String(hashedBytes);
}
string resourceEndpoint = "resourceEndpoint";
var requestUri = new Uri($"{resourceEndpoint}/identities?api-version=2021-03-07");
var body = new { createTokenWithScopes = new[] { "chat" } };
var serializedBody = JsonConvert.SerializeObject(body);
var requestMessage = new HttpRequestMessage(HttpMethod.Post, requestUri) { Content = new StringContent(serializedBody, Encoding.UTF8, "application/json") };
var date = DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture);
var contentHash = ComputeContentHash(serializedBody);
var host = requestUri.Authority;
var stringToSign = $"POST\n{requestUri.PathAndQuery}\n{date};{host};{contentHash}";
var signature = ComputeSignature(stringToSign);
string authorizationHeader = $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}";
requestMessage.Headers.Add("x-ms-content-sha256", contentHash);
requestMessage.Headers.Add("x-ms-date", date);
requestMessage.Headers.Add("Authorization", authorizationHeader);`,
  'ms python tutorial': R`import base64
import hashlib
import hmac
import json
from datetime import datetime, timezone
from urllib import request
def compute_content_hash(content):
    sha_256 = hashlib.sha256()
    sha_256.update(content)
    hashed_bytes = sha_256.digest()
    base64_encoded_bytes = base64.b64encode(hashed_bytes)
    content_hash = base64_encoded_bytes.decode('utf-8')
    return content_hash
def compute_signature(string_to_sign, secret):
    decoded_secret = base64.b64decode(secret)
    encoded_string_to_sign = string_to_sign.encode('ascii')
    hashed_bytes = hmac.digest(decoded_secret, encoded_string_to_sign, digest=hashlib.sha256)
    encoded_signature = base64.b64encode(hashed_bytes)
    signature = encoded_signature.decode('utf-8')
    return signature
def format_date(dt):
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    utc = dt.utctimetuple()
    return "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT".format(days[utc.tm_wday], utc.tm_mday, months[utc.tm_mon-1], utc.tm_year, utc.tm_hour, utc.tm_min, utc.tm_sec)
host = "resourceEndpointName"
resource_endpoint = f"https://{host}"
path_and_query = "/identities?api-version=2021-03-07"
secret = "resourceAccessKey"
request_uri = f"{resource_endpoint}{path_and_query}"
body = { "createTokenWithScopes": ["chat"] }
serialized_body = json.dumps(body)
content = serialized_body.encode("utf-8")
utc_now = datetime.now(timezone.utc)
date = format_date(utc_now)
content_hash = compute_content_hash(content)
string_to_sign = f"POST\n{path_and_query}\n{date};{host};{content_hash}"
signature = compute_signature(string_to_sign, secret)
authorization_header = f"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}"
request_headers = {}
request_headers["x-ms-date"] = date
request_headers["x-ms-content-sha256"] = content_hash
request_headers["Authorization"] = authorization_header
request_headers["Content-Type"] = "application/json"
req = request.Request(request_uri, content, request_headers, method='POST')
with request.urlopen(req) as response:
  response_string = json.load(response)
print(response_string)`,
  'sinch python doc': R`import hmac, hashlib, base64, requests, datetime, json
key = "k"; secret = "s=="
def get_content_md5(body):
    return base64.b64encode(hashlib.md5(body.encode('utf-8')).digest()).decode()
timestamp = datetime.datetime.now(datetime.timezone.utc).isoformat()
body = json.dumps({"method": "ttsCallout"})
contentType = "application/json; charset=UTF-8"
string_to_sign = "POST\n" + get_content_md5(body) + "\n" + contentType + "\nx-timestamp:" + timestamp + "\n" + "/calling/v1/callouts"
signature = base64.b64encode(hmac.new(base64.b64decode(secret), string_to_sign.encode('utf-8'), hashlib.sha256).digest()).decode()
headers = {"content-type": contentType, "x-timestamp": timestamp, "Authorization": "Application " + key + ":" + signature}
requests.post("https://calling.api.sinch.com/calling/v1/callouts", headers=headers, data=body)`,
  'sinch node doc': R`const axios = require('axios');
const crypto = require('crypto');
const applicationSecret = "YOUR_application_secret";
const bodyData = JSON.stringify(body);
let hmac = crypto.createHmac('sha256', Buffer.from(applicationSecret, 'base64'));
let contentMD5 = crypto.createHash('md5').update(Buffer.from(bodyData, 'utf8')).digest('base64');
let contentLength = Buffer.byteLength(bodyData);
let timeStampISO = new Date().toISOString();
let stringToSign = 'POST' + '\n' + contentMD5 + '\n' + 'application/json; charset=UTF-8' + '\n' + 'x-timestamp:' + timeStampISO + '\n' + '/calling/v1/callouts';
hmac.update(stringToSign);
let signature = hmac.digest('base64');
const options = { method: 'POST', url: 'https://calling.api.sinch.com/calling/v1/callouts', headers: { 'content-type': 'application/json; charset=UTF-8', 'x-timestamp': timeStampISO, 'authorization': 'application ' + key + ':' + signature }, data: bodyData };
axios.request(options);`,
  'sinch java doc': R`String stringToSign = String.join(System.lineSeparator(), "POST", contentMD5, contentType, timestampHeader, path);
private static String hmacSha256(String key, String message) throws Exception {
  Mac mac = Mac.getInstance("HmacSHA256");
  mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
  return Base64.getEncoder().encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
}
b.header("x-timestamp", timestamp).header("authorization", "application " + key + ":" + hmacSha256(secret, stringToSign));`,
  'github js doc': R`const crypto = require("crypto");
const WEBHOOK_SECRET = process.env.WEBHOOK_SECRET;
const verify_signature = (req) => {
  const signature = crypto.createHmac("sha256", WEBHOOK_SECRET).update(req.rawBody).digest("hex");
  return signature === req.headers["x-hub-signature-256"];
};`,
  'github python doc': R`import hashlib
import hmac
def verify_signature(payload_body, secret_token, signature_header):
    hash_object = hmac.new(secret_token.encode('utf-8'), msg=payload_body, digestmod=hashlib.sha256)
    expected_signature = "sha256=" + hash_object.hexdigest()
    if not hmac.compare_digest(expected_signature, signature_header): raise HTTPException(403) # x-hub-signature-256`,
  'slack python doc': R`import hmac
slack_signing_secret = 'MY_SLACK_SIGNING_SECRET'
request_body = request.body()
timestamp = request.headers['X-Slack-Request-Timestamp']
sig_basestring = 'v0:' + timestamp + ':' + request_body
my_signature = 'v0=' + hmac.compute_hash_sha256(slack_signing_secret, sig_basestring).hexdigest()
slack_signature = request.headers['X-Slack-Signature']
if hmac.compare(my_signature, slack_signature): print(json.dumps(request.json()))`,
  'github ruby doc': R`def verify_signature(payload_body)
  signature = 'sha256=' + OpenSSL::HMAC.hexdigest(OpenSSL::Digest.new('sha256'), ENV['SECRET_TOKEN'], payload_body)
  return halt 500, "Signatures didn't match!" unless Rack::Utils.secure_compare(signature, request.env['HTTP_X_HUB_SIGNATURE_256'])
end
# x-hub-signature-256
require 'openssl'`,
  'shopify php': R`<?php
define('CLIENT_SECRET', 'my_client_secret');
function verify_webhook($data, $hmac_header) {
  $calculated_hmac = base64_encode(hash_hmac('sha256', $data, CLIENT_SECRET, true));
  return hash_equals($calculated_hmac, $hmac_header);
}
$hmac_header = $_SERVER['HTTP_X_SHOPIFY_HMAC_SHA256'];
$data = file_get_contents('php://input');
$verified = verify_webhook($data, $hmac_header);
error_log('Webhook verified: ' . var_export($verified, true));`,
  'shopify ruby': R`require 'openssl'
helpers do
  def verify_webhook(data, hmac_header)
    calculated_hmac = Base64.strict_encode64(OpenSSL::HMAC.digest('sha256', CLIENT_SECRET, data))
    ActiveSupport::SecurityUtils.secure_compare(calculated_hmac, hmac_header)
  end
end
hmac_header = env['HTTP_X_SHOPIFY_HMAC_SHA256']`,
  'shopify python': R`import hmac
def verify_webhook(data, hmac_header):
    digest = hmac.new(CLIENT_SECRET.encode('utf-8'), data, digestmod=hashlib.sha256).digest()
    computed_hmac = base64.b64encode(digest)
    return hmac.compare_digest(computed_hmac, hmac_header.encode('utf-8'))
data = request.get_data()
verified = verify_webhook(data, request.headers.get('X-Shopify-Hmac-SHA256'))`,
  'stripe go': R`package main
import ("crypto/hmac"; "crypto/sha256"; "encoding/hex")
func ComputeSignature(t time.Time, payload []byte, secret string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(fmt.Sprintf("%d", t.Unix())))
	mac.Write([]byte("."))
	mac.Write(payload)
	return mac.Sum(nil)
}
// Stripe-Signature
const h = "Stripe-Signature"`,
  'twilio js': R`const crypto = require('crypto');
function getExpectedTwilioSignature(authToken, url, params) {
  const data = Object.keys(params).sort().reduce((acc, key) => acc + toFormUrlEncodedParam(key, params[key]), url);
  return crypto.createHmac('sha1', authToken).update(Buffer.from(data, 'utf-8')).digest('base64');
}
const sig = req.headers['x-twilio-signature'];`,
  'svix js': R`const crypto = require('crypto');
const signedContent = svix_id + '.' + svix_timestamp + '.' + body;
const secret = "whsec_aaaa";
const secretBytes = Buffer.from(secret.split('_')[1], "base64");
const signature = crypto.createHmac('sha256', secretBytes).update(signedContent).digest('base64');
headers['svix-signature'];`,
  'acs go': R`package main
import ("crypto/hmac"; "crypto/sha256"; "encoding/base64"; "net/http"; "time")
func sign(req *http.Request, body []byte, accessKey string) error {
	key, err := base64.StdEncoding.DecodeString(accessKey)
	if err != nil { return err }
	sum := sha256.Sum256(body)
	hash := base64.StdEncoding.EncodeToString(sum[:])
	date := time.Now().UTC().Format(http.TimeFormat)
	target := req.URL.Path
	if req.URL.RawQuery != "" { target += "?" + req.URL.RawQuery }
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(req.Method + "\n" + target + "\n" + date + ";" + req.URL.Host + ";" + hash))
	req.Header.Set("x-ms-date", date)
	req.Header.Set("x-ms-content-sha256", hash)
	req.Header.Set("Authorization", "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return nil
}`,
  'acs powershell': R`param([string]$Url, [string]$Key)
$uri = [Uri]$Url
$date = [DateTime]::UtcNow.ToString('r')
$sha = [Security.Cryptography.SHA256]::Create()
$hash = [Convert]::ToBase64String($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($body)))
$hmac = New-Object Security.Cryptography.HMACSHA256
$hmac.Key = [Convert]::FromBase64String($Key)
$toSign = "POST${'`'}n$($uri.PathAndQuery)${'`'}n$date;$($uri.Authority);$hash"
$signature = [Convert]::ToBase64String($hmac.ComputeHash([Text.Encoding]::UTF8.GetBytes($toSign)))
Invoke-RestMethod -Uri $Url -Method Post -Body $body -Headers @{ 'x-ms-date' = $date; 'x-ms-content-sha256' = $hash; Authorization = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=$signature" }`,
  'acs powershell key bytes': R`$keyBytes = [Convert]::FromBase64String($Key)
$hmac = [System.Security.Cryptography.HMACSHA256]::new($keyBytes)
$hmac2 = New-Object System.Security.Cryptography.HMACSHA256 -ArgumentList @(,$keyBytes)
$headers = @{ 'x-ms-content-sha256' = $hash }`,
  'acs bash': R`#!/usr/bin/env bash
set -euo pipefail
body='{"createTokenWithScopes":["chat"]}'
date=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
hash=$(printf %s "$body" | openssl dgst -sha256 -binary | base64)
hexkey=$(printf %s "$ACCESS_KEY" | base64 -d | xxd -p -c 256)
sts=$(printf 'POST\n%s\n%s;%s;%s' "$path" "$date" "$host" "$hash")
sig=$(printf %s "$sts" | openssl dgst -sha256 -mac HMAC -macopt hexkey:"$hexkey" -binary | base64)
curl -sS "https://$host$path" -H "x-ms-date: $date" -H "x-ms-content-sha256: $hash" -H "Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=$sig" -H 'content-type: application/json' --data-binary "$body"`,
  'bash -d inline': R`#!/usr/bin/env bash
sig=$(printf %s "$body" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.*= //')
curl -d "$body" -H "X-Hub-Signature-256: sha256=$sig" "$url"`,
  'bash awk': R`#!/usr/bin/env bash
sig=$(echo -n "$body" | openssl dgst -sha256 -hmac "$SECRET" | awk '{print $2}')
curl --data-raw "$body" -H "X-Hub-Signature-256: sha256=$sig" "$url"`,
  'pm microsoft alone, no other variable': R`const dateStr = new Date().toUTCString();
pm.request.headers.upsert({key:'Date', value: dateStr});
const hashedBodyStr = CryptoJS.SHA256(pm.request.body.raw).toString(CryptoJS.enc.Base64)
pm.request.headers.upsert({key:'x-ms-content-sha256', value: hashedBodyStr});
const url = pm.variables.replaceIn(pm.request.url.toString()).replace(endpoint,'');
const stringToSign = pm.request.method + '\n' + url + '\n' + dateStr + ';' + hostStr + ';' + hashedBodyStr;
const key = CryptoJS.enc.Base64.parse(pm.variables.get('key'));
const signature = CryptoJS.HmacSHA256(stringToSign, key).toString(CryptoJS.enc.Base64);
pm.request.headers.upsert({key:'Authorization', value: "HMAC-SHA256 SignedHeaders=date;host;x-ms-content-sha256&Signature=" + signature});`,
  'pm sdk url resolved by sdk': R`const sdk = require('postman-collection');
const resolved = new sdk.Url(pm.variables.replaceIn(pm.request.url.toString()));
const url = resolved.getPathWithQuery();
const signature = CryptoJS.HmacSHA256('GET\n' + url, CryptoJS.enc.Base64.parse(pm.variables.get('key'))).toString(CryptoJS.enc.Base64);
const item = '{{endpoint}}/a/{{id}}'; pm.request.headers.upsert({key:'x-ms-content-sha256', value: h});`,
  'js webcrypto': R`const keyBytes = Uint8Array.from(atob(env.KEY), (c) => c.charCodeAt(0));
const key = await crypto.subtle.importKey('raw', keyBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(stringToSign));
headers.set('x-ms-date', new Date().toUTCString());
const stringToSign2 = [method, target, headers.get('x-ms-date')].join('\n'); headers.set('x-ms-content-sha256', h);`,
  'ts class': R`import { createHmac } from 'node:crypto';
export class Signer {
  private readonly key: Buffer;
  constructor(accessKey: string) { this.key = Buffer.from(accessKey, 'base64'); }
  sign(text: string) { return createHmac('sha256', this.key).update(text, 'utf8').digest('base64'); }
}
headers['x-ms-content-sha256'] = hash;`,
  'java secret bytes named': R`byte[] secretKey = Base64.getDecoder().decode(accessKey);
Mac mac = Mac.getInstance("HmacSHA256");
mac.init(new SecretKeySpec(secretKey, "HmacSHA256"));
String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
log.info("at {}", Instant.now().toString());
b.header("x-ms-date", date); b.header("x-ms-content-sha256", h);`,
  'csharp two dates': R`using System.Security.Cryptography;
var now = DateTimeOffset.UtcNow;
var entity = new { created = DateTime.UtcNow.ToString("o") };
var date = now.ToString("r");
using var hmac = new HMACSHA256(Convert.FromBase64String(key));
request.Headers.Add("x-ms-date", date);
request.Headers.Add("x-ms-content-sha256", hash);`,
  'py body created': R`import hmac
body = json.dumps({'created': datetime.utcnow().isoformat()})
now = datetime.now(timezone.utc)
timestamp = now.strftime('%Y-%m-%dT%H:%M:%SZ')
headers = {'x-timestamp': timestamp, 'authorization': 'application ' + k}
sig = hmac.new(base64.b64decode(secret), sts.encode(), hashlib.sha256)`,
  'js twice in independent functions': R`import { createHmac } from 'node:crypto';
const body = JSON.stringify({ at: new Date().toISOString() });
const headers = { 'x-timestamp': new Date().toISOString(), 'content-type': 'application/json' };
const sts = ['POST', md5(body), 'application/json', 'x-timestamp:' + headers['x-timestamp'], path].join('\n');
headers.authorization = 'application ' + key + ':' + createHmac('sha256', Buffer.from(secret, 'base64')).update(sts).digest('base64');`,
  'js dotted read': R`import { createHmac } from 'node:crypto';
const body = JSON.stringify({ at: new Date().toUTCString() });
const headers = new Headers({ 'x-ms-date': new Date().toUTCString() });
const entries = Object.fromEntries(headers);
const sts = signString('POST', path, entries);
createHmac('sha256', Buffer.from(key, 'base64')).update(sts); h['x-ms-content-sha256'] = c;`,
  'slack in, acs out': R`const { createHmac, createHash } = require('crypto');
app.post('/slack', raw, (req, res) => {
  const ts = req.get('x-slack-request-timestamp');
  const mine = 'v0=' + createHmac('sha256', process.env.SLACK_SECRET).update('v0:' + ts + ':' + req.body).digest('hex');
  if (mine !== req.get('x-slack-signature')) return res.sendStatus(401);
});
const sig = createHmac('sha256', Buffer.from(accessKey, 'base64')).update(sts).digest('base64');
fetch(u, { headers: { 'x-ms-date': date } });`,
  'github in, acs out': R`const { createHmac, createHash } = require('crypto');
const mine = 'sha256=' + createHmac('sha256', process.env.HOOK_SECRET).update(req.rawBody).digest('hex');
if (mine !== req.get('x-hub-signature-256')) return res.sendStatus(401);
const sig = createHmac('sha256', Buffer.from(accessKey, 'base64')).update(sts).digest('base64');
fetch(u, { headers: { 'x-ms-date': date, 'x-ms-content-sha256': hash, authorization: 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=' + sig } });`,
  'py stripe in, sinch out': R`import hmac
expected = hmac.new(STRIPE_SECRET.encode(), payload, hashlib.sha256).hexdigest()
ok = hmac.compare_digest(expected, header) # stripe-signature
x = request.headers['stripe-signature']
sig = hmac.new(base64.b64decode(application_secret), sts.encode(), hashlib.sha256)
headers = {'x-timestamp': ts, 'authorization': 'application ' + key}`,
  'sh echo reads escapes': R`#!/bin/sh
string_to_sign="POST\n$path\n$date;$host;$hash"
sig=$(echo -n "$string_to_sign" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$k -binary | base64)
curl -H "x-ms-content-sha256: $hash" "$u"`,
  'two schemes, dates': R`const { createHmac } = require('crypto');
const acsDate = new Date().toUTCString();
const sinchTime = new Date().toISOString();
a.headers = { 'x-ms-date': acsDate, 'x-ms-content-sha256': h };
b.headers = { 'x-timestamp': sinchTime, authorization: 'application ' + k };
createHmac('sha256', Buffer.from(key, 'base64'));`,
  'go two': R`package main
mac := hmac.New(sha256.New, []byte(webhookSecret))
want := r.Header.Get("X-Hub-Signature-256")
key, _ := base64.StdEncoding.DecodeString(accessKey)
mac2 := hmac.New(sha256.New, key)
req.Header.Set("x-ms-content-sha256", hash)
req.Header.Set("x-ms-date", date)`,
  'php json_encode of own body': R`<?php
$body = json_encode($payload);
$hash = base64_encode(hash('sha256', $body, true));
$sig = base64_encode(hash_hmac('sha256', "POST\n$path\n$date;$host;$hash", base64_decode(getenv('KEY')), true));
$h = ['x-ms-content-sha256: ' . $hash, 'x-ms-date: ' . $date];
file_put_contents('log.txt', date('c') . ' sent', FILE_APPEND);`,
  'php laravel forwards': R`<?php
$signature = hash_hmac('sha256', $request->getContent(), config('services.github.secret'));
if (!hash_equals('sha256=' . $signature, $request->header('X-Hub-Signature-256'))) abort(401);
Log::info(json_encode($request->all()));
dispatch(new Handle(json_encode($request->all())));`,
  'java logs and paths': R`URI uri = URI.create("https://c.communication.azure.com/sms?api-version=2021-03-07");
String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
Mac mac = Mac.getInstance("HmacSHA256");
mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
logger.info("path {}", uri.getPath());
b.header("x-ms-content-sha256", h);`,
  'java target by toString': R`URI uri = URI.create("https://c.communication.azure.com/sms?api-version=2021-03-07");
String metric = uri.getPath();
String target = uri.toString().substring(uri.toString().indexOf('/', 8));
Mac mac = Mac.getInstance("HmacSHA256");`,
  'cs AbsolutePath for a name': R`using System.Security.Cryptography;
var uri = new Uri("https://c.communication.azure.com/sms?api-version=2021-03-07");
activity.DisplayName = uri.AbsolutePath;
var sts = $"POST\n{uri.PathAndQuery}\n{date};{uri.Authority};{hash}";
new HMACSHA256(Convert.FromBase64String(key)); request.Headers.Add("x-ms-content-sha256", hash);`,
  'go request uri': R`package main
import "crypto/hmac"
u, _ := url.Parse("https://c.communication.azure.com/sms?api-version=2021-03-07")
span.SetName(u.Path)
target := u.RequestURI()
mac := hmac.New(sha256.New, key)
req.Header.Set("x-ms-content-sha256", hash)`,
  'ps basic auth beside': R`$basic = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("$($user):$($password)"))
$hmac = New-Object System.Security.Cryptography.HMACSHA256
$hmac.Key = [Convert]::FromBase64String($key)
$digits = [BitConverter]::ToString($hmac.ComputeHash($bytes)).Replace('-', '').ToLower()
$headers = @{ 'x-ms-content-sha256' = $hash }`,
  'ps hex signature utf8 key': R`$hmac = New-Object System.Security.Cryptography.HMACSHA256
$hmac.Key = [Text.Encoding]::UTF8.GetBytes($secret)
$headers = @{ 'X-Hub-Signature-256' = "sha256=$hex" }`,
  'ruby mail and etag': R`require 'openssl'
etag = Base64.encode64(Digest::MD5.digest(file))
sig = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', Base64.decode64(ENV['K']), s))
request['x-ms-content-sha256'] = h`,
  'py encodebytes of attachment': R`import hmac
attachment = base64.encodebytes(pdf).decode()
sig = base64.b64encode(hmac.new(base64.b64decode(key), s.encode(), hashlib.sha256).digest())
h = {'x-ms-content-sha256': c}`,
  'js session hash': R`const { createHmac, createHash } = require('crypto');
const etag = createHash('sha256').update(secret + salt).digest('hex');
const s = createHmac('sha256', secret).update(body).digest('hex');
res.set('x-hub-signature-256', s);`,
  'js token of session: jwt own': R`const { createHmac } = require('crypto');
const cookie = createHmac('sha256', process.env.COOKIE_SECRET).update(id).digest('base64');
const s = createHmac('sha256', Buffer.from(process.env.ACS_KEY, 'base64')).update(sts).digest('base64');
fetch(u, { headers: { 'x-ms-date': d, 'x-ms-content-sha256': h } });`,
  'py password hash beside': R`import hmac
token = hmac.new(SESSION_SECRET.encode(), user.encode(), hashlib.sha256).hexdigest()
sig = hmac.new(base64.b64decode(key), s.encode(), hashlib.sha256)
h = {'x-ms-content-sha256': c, 'x-ms-date': d}`,
  'bash -d file other call': R`#!/bin/bash
curl -d @login.txt "$login_url"
hash=$(openssl dgst -sha256 -binary body.json | base64)
sig=$(printf %s "$sts" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$k -binary | base64)
curl --data-binary @body.json -H "x-ms-content-sha256: $hash" "$u"`,
  'bash sha256sum of a release': R`#!/bin/bash
sum=$(sha256sum release.tar.gz | cut -d' ' -f1)
id=$(sha256sum file | base64)
sig=$(printf %s "$sts" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$k -binary | base64)
curl --data-binary @body.json -H "x-ms-content-sha256: $hash" "$u"`,
  'cs two clients': R`using System.Security.Cryptography;
var json = JsonSerializer.Serialize(payload);
var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
message.Headers.Add("x-ms-content-sha256", hash);
new HMACSHA256(Convert.FromBase64String(key));
await slack.PostAsJsonAsync(slackUrl, new { text = "sent" });`,
};
