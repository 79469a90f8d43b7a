package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Go refuses imports that a program does not use, and each program uses some.
var _ = []any{md5.New, sha1.New, sha256.New, sha512.New, hex.EncodeToString, base64.StdEncoding, regexp.MustCompile,
	url.PathEscape, strconv.Itoa, strings.ToUpper, utf8.RuneCount}

func CASE() {
	// step environment
	endpoint, connectionString := os.Getenv("ENDPOINT"), os.Getenv("CONNECTION_STRING")
	keyId := os.Getenv("KEY_ID")
	callConnectionId := "a1 b2"
	text := "base64:" + os.Getenv("SIGNING_SECRET")
	template := "/as/SCHEME/{{callConnectionId}}"
	json := []byte(`{"text":"Grüße","tags":["a","b"],"none":""}`)
	req, _ := http.NewRequest("POST", endpoint+"/as/SCHEME/a1%20b2?b=2&a=%C3%A9%20x", bytes.NewReader(json))
	// step secret
	secret := os.Getenv("SIGNING_SECRET")
	// step key
	// wrong key/encoding for sinch-webhook sinch-numbers: key, _ := base64.StdEncoding.DecodeString(secret)
	// wrong key/encoding for ledger: key := []byte(secret)
	// for azure-app-configuration sinch-voice-v2: key, _ := base64.StdEncoding.DecodeString(secret)
	// for ledger: key, _ := hex.DecodeString(secret)
	key := []byte(secret)
	// step body
	body := json
	// step method
	method := "POST"
	// step target
	target := req.URL.RequestURI()
	// step path
	// wrong url/path-encoding for ledger sinch-voice-v2: path := req.URL.Path
	path := req.URL.EscapedPath()
	// step query
	// wrong url/query-encoding for ledger: query := "b=2&" + url.Values{"a": {req.URL.Query().Get("a")}}.Encode()
	query := req.URL.RawQuery
	// step host
	// wrong url/host for ledger: host := req.URL.Hostname()
	host := req.URL.Host
	// step content-type
	contentType := "application/json"
	// step content-length
	// wrong header/content-length for ledger: contentLength := strconv.Itoa(utf8.RuneCount(body))
	contentLength := strconv.Itoa(len(body))
	// step x-nonce
	xNonce := "a1b2-c3"
	// step x-sinch-webhook-signature-nonce
	// wrong header/separator-inside for sinch-webhook: xSinchWebhookSignatureNonce := "01FJA8B4A7BM43.YGWSG9GBV067"
	xSinchWebhookSignatureNonce := "01FJA8B4A7BM43YGWSG9GBV067"
	// step date
	// wrong date/unit for ledger sinch-webhook: date := strconv.FormatInt(time.Now().UnixMilli(), 10)
	// for ledger sinch-webhook: date := strconv.FormatInt(time.Now().Unix(), 10)
	// for sinch-voice-v2: date := time.Now().UTC().Format(time.RFC3339)
	date := time.Now().UTC().Format(http.TimeFormat)
	// step content-hash
	// wrong content-hash/encoding for ledger: sum := sha1.Sum(body); contentHash := base64.StdEncoding.EncodeToString(sum[:])
	// for azure-app-configuration: sum := sha256.Sum256(body); contentHash := base64.StdEncoding.EncodeToString(sum[:])
	// for sinch-voice-v2: sum := md5.Sum(body); contentHash := base64.StdEncoding.EncodeToString(sum[:])
	// for ledger: sum := sha1.Sum(body); contentHash := hex.EncodeToString(sum[:])
	sum := sha512.Sum512(body)
	contentHash := hex.EncodeToString(sum[:])
	// step string-to-sign
	// wrong url/scheme for postcard: stringToSign := "http://hooks.example.com/voice?a=1\n" + contentHash
	// for azure-app-configuration: stringToSign := method + "\n" + target + "\n" + date + ";" + host + ";" + contentHash
	// for sinch-voice-v2: stringToSign := strings.Join([]string{method, contentHash, contentType, "x-timestamp:" + date, path}, "\n")
	// for sinch-webhook: stringToSign := string(body) + "." + xSinchWebhookSignatureNonce + "." + date
	// for sinch-numbers: stringToSign := string(body)
	// for ledger: stringToSign := strings.Join([]string{method, path, query, host, contentLength, xNonce, date, contentHash}, "\n")
	stringToSign := "https://hooks.example.com/voice?a=1\n" + contentHash
	// step signature
	// wrong digest/encoding for ledger: mac := hmac.New(sha512.New, key); mac.Write([]byte(stringToSign)); signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	// for sinch-numbers: mac := hmac.New(sha1.New, key); mac.Write([]byte(stringToSign)); signature := hex.EncodeToString(mac.Sum(nil))
	// for ledger: mac := hmac.New(sha512.New, key); mac.Write([]byte(stringToSign)); signature := hex.EncodeToString(mac.Sum(nil))
	// for postcard: mac := hmac.New(md5.New, key); mac.Write([]byte(stringToSign)); signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(stringToSign))
	signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	// step signed-headers
	signedHeaders := "x-ms-date;host;x-ms-content-sha256"
	// step authorization
	// for azure-app-configuration: req.Header.Set("authorization", "HMAC-SHA256 Credential="+keyId+"&SignedHeaders="+signedHeaders+"&Signature="+signature)
	// for sinch-voice-v2: req.Header.Set("authorization", "service "+keyId+":"+signature)
	// for sinch-webhook: req.Header.Set("x-sinch-webhook-signature", signature)
	// for sinch-numbers: req.Header.Set("x-sinch-signature", signature)
	// for ledger: req.Header.Set("authorization", "Ledger key="+keyId+",mac="+signature)
	req.Header.Set("x-postcard", signature)
	// step send-date
	// for azure-app-configuration: req.Header.Set("x-ms-date", date)
	// for sinch-webhook: req.Header.Set("x-sinch-webhook-signature-timestamp", date)
	// for ledger: req.Header.Set("x-time", date)
	req.Header.Set("x-timestamp", date)
	// step send-content-hash
	// for azure-app-configuration: req.Header.Set("x-ms-content-sha256", contentHash)
	req.Header.Set("x-body-sha1", contentHash)
	// step send-x-nonce
	// wrong header/duplicated for ledger: req.Header.Add("x-nonce", xNonce); req.Header.Add("x-nonce", "another")
	req.Header.Set("x-nonce", xNonce)
	// step send-x-sinch-webhook-signature-nonce
	req.Header.Set("x-sinch-webhook-signature-nonce", xSinchWebhookSignatureNonce)
	// step send-content-type
	req.Header.Set("Content-Type", contentType)
	// step send
	req.Header.Set("x-case", "CASE")
	if res, err := http.DefaultClient.Do(req); err == nil {
		res.Body.Close()
	}
	_, _, _, _, _, _ = connectionString, callConnectionId, text, template, secret, key
	_, _, _, _, _, _ = keyId, method, target, path, query, host
	_, _, _, _, _ = contentType, contentLength, xNonce, xSinchWebhookSignatureNonce, date
	_, _, _, _ = contentHash, stringToSign, signedHeaders, signature
}
