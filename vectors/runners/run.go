// Checks key + string to sign → signature of every vector that is made with a shared secret: go run run.go [folder]
package main

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"strings"
)

type macRule struct{ Algorithm, Encoding string }
type file struct {
	KeyEncoding string
	Mac         *struct {
		macRule
		Choices map[string]macRule
	}
	Vectors []struct {
		Id     string
		Key    struct{ Secret, Mac string }
		Stages struct {
			StringToSign          json.RawMessage
			SigningKey, Signature string
		}
	}
}

var hashes = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
}

func main() {
	folder := ".."
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	paths, _ := filepath.Glob(filepath.Join(folder, "*", "*.json"))
	count, wrong := 0, 0
	for _, path := range paths {
		var head struct{ Kind string }
		var read file
		content, err := os.ReadFile(path)
		check(err)
		check(json.Unmarshal(content, &head))
		if head.Kind != "sign" {
			continue
		}
		check(json.Unmarshal(content, &read))
		if read.Mac == nil {
			continue
		}
		for _, vector := range read.Vectors {
			mac := read.Mac.macRule
			if vector.Key.Mac != "" {
				mac = read.Mac.Choices[vector.Key.Mac]
			}
			secret := decode(vector.Key.Secret, read.KeyEncoding)
			if vector.Stages.SigningKey != "" {
				secret = decode(vector.Stages.SigningKey, "hex")
			}
			signature := encode(digest(mac.Algorithm, secret, bytesOf(vector.Stages.StringToSign)), mac.Encoding)
			count++
			if signature != vector.Stages.Signature {
				wrong++
				fmt.Printf("%s %s: %s, expected %s\n", path, vector.Id, signature, vector.Stages.Signature)
			}
		}
	}
	fmt.Printf("%d vectors, %d wrong\n", count, wrong)
	if wrong > 0 || count == 0 {
		os.Exit(1)
	}
}

func digest(algorithm string, secret, data []byte) []byte {
	if algorithm == "md5-suffix" {
		sum := md5.Sum(append(data, secret...))
		return sum[:]
	}
	mac := hmac.New(hashes[algorithm], secret)
	mac.Write(data)
	return mac.Sum(nil)
}

func bytesOf(raw json.RawMessage) []byte {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return []byte(text)
	}
	var other struct{ Base64 string }
	check(json.Unmarshal(raw, &other))
	return decode(other.Base64, "base64")
}

func decode(text, encoding string) []byte {
	if encoding == "utf8" {
		return []byte(text)
	}
	var bytes []byte
	var err error
	if encoding == "hex" {
		bytes, err = hex.DecodeString(text)
	} else {
		bytes, err = base64.StdEncoding.DecodeString(strings.TrimPrefix(text, "whsec_"))
	}
	check(err)
	return bytes
}

func encode(digest []byte, encoding string) string {
	switch encoding {
	case "hex":
		return hex.EncodeToString(digest)
	case "upper-hex":
		return strings.ToUpper(hex.EncodeToString(digest))
	case "base64url":
		return base64.RawURLEncoding.EncodeToString(digest)
	}
	return base64.StdEncoding.EncodeToString(digest)
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
