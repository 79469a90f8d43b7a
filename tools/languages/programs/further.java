import java.net.*;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.*;
import java.time.format.DateTimeFormatter;
import java.util.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class CASE {
  static String mac(String algorithm, byte[] key, String text, boolean hex) throws Exception {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    byte[] bytes = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return hex ? HexFormat.of().formatHex(bytes) : Base64.getEncoder().encodeToString(bytes);
  }

  static void run() throws Exception {
    // step environment
    String endpoint = System.getenv("ENDPOINT");
    String keyId = System.getenv("KEY_ID");
    String connectionString = System.getenv("CONNECTION_STRING");
    String callConnectionId = "a1 b2";
    String text = "base64:" + System.getenv("SIGNING_SECRET");
    String template = "/as/SCHEME/{{callConnectionId}}";
    URI uri = URI.create(endpoint + "/as/SCHEME/a1%20b2?b=2&a=%C3%A9%20x");
    String json = "{\"text\":\"Gr\u00fc\u00dfe\",\"tags\":[\"a\",\"b\"],\"none\":\"\"}";
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri);
    // step secret
    String secret = System.getenv("SIGNING_SECRET");
    // step key
    // wrong key/encoding for sinch-webhook sinch-numbers: byte[] key = Base64.getDecoder().decode(secret);
    // wrong key/encoding for ledger: byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    // for azure-app-configuration sinch-voice-v2: byte[] key = Base64.getDecoder().decode(secret);
    // for ledger: byte[] key = HexFormat.of().parseHex(secret);
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    // step body
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    // step method
    String method = "POST";
    // step target
    // wrong url/query-encoding for azure-app-configuration: String target = uri.getRawPath() + "?" + uri.getQuery();
    String target = uri.getRawPath() + "?" + uri.getRawQuery();
    // step path
    // wrong url/path-encoding for ledger sinch-voice-v2: String path = uri.getPath();
    String path = uri.getRawPath();
    // step query
    // wrong url/query-encoding for ledger: String query = uri.getQuery();
    String query = uri.getRawQuery();
    // step host
    // wrong url/host for ledger: String host = uri.getHost();
    String host = uri.getAuthority();
    // step content-type
    String contentType = "application/json";
    // step content-length
    // wrong header/content-length for ledger: String contentLength = String.valueOf(json.length());
    String contentLength = String.valueOf(body.length);
    // step x-nonce
    String xNonce = "a1b2-c3";
    // step x-sinch-webhook-signature-nonce
    // wrong header/separator-inside for sinch-webhook: String xSinchWebhookSignatureNonce = "01FJA8B4A7BM43.YGWSG9GBV067";
    String xSinchWebhookSignatureNonce = "01FJA8B4A7BM43YGWSG9GBV067";
    // step date
    // wrong date/unit for ledger sinch-webhook: String date = String.valueOf(System.currentTimeMillis());
    // for ledger sinch-webhook: String date = String.valueOf(Instant.now().getEpochSecond());
    // for sinch-voice-v2: String date = Instant.now().toString();
    String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC).format(Instant.now());
    // step content-hash
    // wrong content-hash/encoding for ledger: String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(body));
    // for azure-app-configuration: String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    // for sinch-voice-v2: String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
    // for ledger: String contentHash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(body));
    String contentHash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(body));
    // step string-to-sign
    // wrong url/scheme for postcard: String stringToSign = "http://hooks.example.com/voice?a=1\n" + contentHash;
    // for azure-app-configuration: String stringToSign = method + "\n" + target + "\n" + date + ";" + host + ";" + contentHash;
    // for sinch-voice-v2: String stringToSign = String.join("\n", method, contentHash, contentType, "x-timestamp:" + date, path);
    // for sinch-webhook: String stringToSign = json + "." + xSinchWebhookSignatureNonce + "." + date;
    // for sinch-numbers: String stringToSign = json;
    // for ledger: String stringToSign = String.join("\n", method, path, query, host, contentLength, xNonce, date, contentHash);
    String stringToSign = "https://hooks.example.com/voice?a=1\n" + contentHash;
    // step signature
    // wrong digest/encoding for ledger: String signature = mac("HmacSHA512", key, stringToSign, false);
    // for sinch-numbers: String signature = mac("HmacSHA1", key, stringToSign, true);
    // for ledger: String signature = mac("HmacSHA512", key, stringToSign, true);
    // for postcard: String signature = mac("HmacMD5", key, stringToSign, false);
    String signature = mac("HmacSHA256", key, stringToSign, false);
    // step signed-headers
    String signedHeaders = "x-ms-date;host;x-ms-content-sha256";
    // step authorization
    // for azure-app-configuration: builder.setHeader("authorization", "HMAC-SHA256 Credential=" + keyId + "&SignedHeaders=" + signedHeaders + "&Signature=" + signature);
    // for sinch-voice-v2: builder.setHeader("authorization", "service " + keyId + ":" + signature);
    // for sinch-webhook: builder.setHeader("x-sinch-webhook-signature", signature);
    // for sinch-numbers: builder.setHeader("x-sinch-signature", signature);
    // for ledger: builder.setHeader("authorization", "Ledger key=" + keyId + ",mac=" + signature);
    builder.setHeader("x-postcard", signature);
    // step send-date
    // for azure-app-configuration: builder.setHeader("x-ms-date", date);
    // for sinch-webhook: builder.setHeader("x-sinch-webhook-signature-timestamp", date);
    // for ledger: builder.setHeader("x-time", date);
    builder.setHeader("x-timestamp", date);
    // step send-content-hash
    // for azure-app-configuration: builder.setHeader("x-ms-content-sha256", contentHash);
    builder.setHeader("x-body-sha1", contentHash);
    // step send-x-nonce
    // wrong header/duplicated for ledger: builder.header("x-nonce", xNonce).header("x-nonce", "another");
    builder.setHeader("x-nonce", xNonce);
    // step send-x-sinch-webhook-signature-nonce
    builder.setHeader("x-sinch-webhook-signature-nonce", xSinchWebhookSignatureNonce);
    // step send-content-type
    builder.setHeader("Content-Type", contentType);
    // step send
    builder.setHeader("x-case", "CASE").POST(HttpRequest.BodyPublishers.ofByteArray(body));
    HttpClient.newHttpClient().send(builder.build(), HttpResponse.BodyHandlers.discarding());
  }
}
