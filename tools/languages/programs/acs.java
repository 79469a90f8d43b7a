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
  static void run() throws Exception {
    // step environment
    String endpoint = System.getenv("ENDPOINT");
    String callConnectionId = System.getenv("CALL");
    String connectionString = System.getenv("CONNECTION_STRING");
    String text = "base64:" + System.getenv("SIGNING_SECRET");
    String template = "/calling/callConnections/{{callConnectionId}}:play?api-version=2023-10-15";
    String path = template.replace("{{callConnectionId}}", callConnectionId);
    String json = "{\"playSources\":[{\"kind\":\"text\",\"text\":{\"text\":\"Gr\u00fc\u00dfe\",\"sourceLocale\":\"de-DE\",\"voiceKind\":\"male\"}}]}";
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    // step url
    // wrong url/path: String url = endpoint + "/" + path;
    String url = endpoint + path;
    // step request
    URI uri = URI.create(url);
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).header("Content-Type", "application/json");
    // step secret
    String secret = System.getenv("SIGNING_SECRET");
    // step key
    // wrong key/encoding: byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    byte[] key = Base64.getDecoder().decode(secret);
    // step method
    // wrong method/case: String method = "post";
    // wrong method/other: String method = "GET";
    String method = "POST";
    // step target
    // wrong url/absolute: String target = uri.toString();
    // wrong url/query-omitted: String target = uri.getPath();
    // wrong url/path-encoding: String target = uri.getRawPath().replace(":", "%3A") + "?" + uri.getRawQuery();
    // wrong template/unresolved: String target = template;
    String target = path;
    // step host
    // wrong url/host: String host = endpoint;
    String host = uri.getAuthority();
    // step date
    // wrong date/format: String date = Instant.now().toString();
    // wrong date/clock-skew: String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC).format(Instant.now().minusSeconds(7200));
    String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC).format(Instant.now());
    // step content-hash
    // wrong body/missing: String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(new byte[0]));
    // wrong body/charset: String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.ISO_8859_1)));
    // wrong body/newlines: String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest((json + "\n").getBytes(StandardCharsets.UTF_8)));
    // wrong content-hash/encoding: String contentHash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    // wrong content-hash/algorithm: String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
    String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    // step string-to-sign
    // wrong layout/literal-newline: String stringToSign = method + "\\n" + target + "\\n" + date + ";" + host + ";" + contentHash;
    // wrong layout/newlines: String stringToSign = method + "\r\n" + target + "\r\n" + date + ";" + host + ";" + contentHash;
    // wrong layout/trailing-newline: String stringToSign = method + "\n" + target + "\n" + date + ";" + host + ";" + contentHash + "\n";
    // wrong layout/order: String stringToSign = method + "\n" + target + "\n" + host + ";" + date + ";" + contentHash;
    String stringToSign = method + "\n" + target + "\n" + date + ";" + host + ";" + contentHash;
    // step signature
    // wrong digest/encoding: Mac mac = Mac.getInstance("HmacSHA256"); mac.init(new SecretKeySpec(key, "HmacSHA256")); String signature = HexFormat.of().formatHex(mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8)));
    // wrong digest/algorithm: Mac mac = Mac.getInstance("HmacSHA1"); mac.init(new SecretKeySpec(key, "HmacSHA1")); String signature = Base64.getEncoder().encodeToString(mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8)));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signature = Base64.getEncoder().encodeToString(mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8)));
    // step signed-headers
    // wrong header/signed-set: String signedHeaders = "host;x-ms-date;x-ms-content-sha256";
    String signedHeaders = "x-ms-date;host;x-ms-content-sha256";
    // step authorization
    // wrong header/authorization-syntax: builder.setHeader("Authorization", signature);
    builder.setHeader("Authorization", "HMAC-SHA256 SignedHeaders=" + signedHeaders + "&Signature=" + signature);
    // step send-date
    // wrong header/signed-set: builder.setHeader("x-date", date);
    builder.setHeader("x-ms-date", date);
    // step send-content-hash
    // wrong content-hash/not-sent: builder.setHeader("content-hash", contentHash);
    builder.setHeader("x-ms-content-sha256", contentHash);
    // step send
    builder.setHeader("x-case", "CASE").POST(HttpRequest.BodyPublishers.ofByteArray(body));
    HttpClient.newHttpClient().send(builder.build(), HttpResponse.BodyHandlers.discarding());
  }
}
