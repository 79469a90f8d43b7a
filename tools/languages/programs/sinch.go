package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// Go refuses imports that a program does not use, and each program uses some.
var _ = []any{md5.New, hex.EncodeToString, sha256.Sum256, strconv.FormatInt, strings.ToUpper}

func CASE() {
	// step environment
	keyId := os.Getenv("KEY_ID")
	key, _ := base64.StdEncoding.DecodeString(os.Getenv("SINCH_SECRET"))
	number := "+14255550123"
	template := `{"method":"ttsCallout","ttsCallout":{"cli":"+12065550150","destination":{"type":"number","endpoint":"{{number}}"},"text":"Hi"}}`
	contentType, method, path := "application/json", "POST", "/calling/v1/callouts"
	sent := strings.ReplaceAll(template, "{{number}}", number)
	req, _ := http.NewRequest(method, os.Getenv("ENDPOINT")+path, bytes.NewReader([]byte(sent)))
	// step body
	// wrong template/unresolved: body := []byte(template)
	body := []byte(strings.ReplaceAll(template, "{{number}}", number))
	// step date
	// wrong date/unit: date := strconv.FormatInt(time.Now().UnixMilli(), 10)
	// wrong date/format: date := time.Now().UTC().Format(http.TimeFormat)
	date := time.Now().UTC().Format(time.RFC3339)
	// step content-hash
	// wrong content-hash/algorithm: sum := sha256.Sum256(body); contentHash := base64.StdEncoding.EncodeToString(sum[:])
	sum := md5.Sum(body)
	contentHash := base64.StdEncoding.EncodeToString(sum[:])
	// step string-to-sign
	// wrong layout/part-missing: stringToSign := strings.Join([]string{method, contentHash, contentType, date, path}, "\n")
	stringToSign := strings.Join([]string{method, contentHash, contentType, "x-timestamp:" + date, path}, "\n")
	// step signature
	// wrong digest/encoding: mac := hmac.New(sha256.New, key); mac.Write([]byte(stringToSign)); signature := hex.EncodeToString(mac.Sum(nil))
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(stringToSign))
	signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	// step send-content-type
	// wrong header/content-type: req.Header.Set("Content-Type", contentType+"; charset=utf-8")
	req.Header.Set("Content-Type", contentType)
	// step authorization
	// wrong key/id: req.Header.Set("authorization", "application {"+strings.ToUpper(keyId)+"}:"+signature)
	req.Header.Set("authorization", "application "+keyId+":"+signature)
	// step send-date
	req.Header.Set("x-timestamp", date)
	// step send
	req.Header.Set("x-case", "CASE")
	if res, err := http.DefaultClient.Do(req); err == nil {
		res.Body.Close()
	}
	_ = keyId
}
