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
    URI uri = URI.create(System.getenv("ENDPOINT") + "/calling/v1/callouts");
    String keyId = System.getenv("KEY_ID");
    byte[] key = Base64.getDecoder().decode(System.getenv("SINCH_SECRET"));
    String number = "+14255550123";
    String template = "{\"method\":\"ttsCallout\",\"ttsCallout\":{\"cli\":\"+12065550150\",\"destination\":{\"type\":\"number\",\"endpoint\":\"{{number}}\"},\"text\":\"Hi\"}}";
    String contentType = "application/json";
    String method = "POST";
    String path = uri.getRawPath();
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri);
    // step body
    // wrong template/unresolved: byte[] body = template.getBytes(StandardCharsets.UTF_8);
    byte[] body = template.replace("{{number}}", number).getBytes(StandardCharsets.UTF_8);
    // step date
    // wrong date/unit: String date = String.valueOf(System.currentTimeMillis());
    String date = Instant.now().toString();
    // step content-hash
    // wrong content-hash/algorithm: String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    String contentHash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
    // step string-to-sign
    // wrong layout/part-missing: String stringToSign = String.join("\n", method, contentHash, contentType, date, path);
    String stringToSign = String.join("\n", method, contentHash, contentType, "x-timestamp:" + date, path);
    // step signature
    // wrong digest/encoding: Mac mac = Mac.getInstance("HmacSHA256"); mac.init(new SecretKeySpec(key, "HmacSHA256")); String signature = HexFormat.of().formatHex(mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8)));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signature = Base64.getEncoder().encodeToString(mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8)));
    // step send-content-type
    // wrong header/content-type: builder.setHeader("Content-Type", contentType + "; charset=utf-8");
    builder.setHeader("Content-Type", contentType);
    // step authorization
    // wrong key/id: builder.setHeader("authorization", "application {" + keyId.toUpperCase() + "}:" + signature);
    builder.setHeader("authorization", "application " + keyId + ":" + signature);
    // step send-date
    builder.setHeader("x-timestamp", date);
    // step send
    String sent = new String(body, StandardCharsets.UTF_8).replace("{{number}}", number);
    builder.setHeader("x-case", "CASE");
    builder.POST(HttpRequest.BodyPublishers.ofString(sent));
    HttpClient.newHttpClient().send(builder.build(), HttpResponse.BodyHandlers.discarding());
  }
}
