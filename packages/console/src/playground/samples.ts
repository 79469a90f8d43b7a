/** A refused request that names no scheme: it is recognized. A Play: the script signed the text `{{callConnectionId}}`. The key is public, made for examples. */
export const refusedPlay = {
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
  text: `POST /calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play?api-version=2023-10-15 HTTP/1.1
Host: contoso.communication.azure.com
Content-Type: application/json
x-ms-date: Mon, 27 May 2024 09:08:07 GMT
x-ms-content-sha256: ekELC3AYij8TyqE/g2+WjcUO1ZqLgvPtVOLg7zimlR0=
Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=MQIFLsHuuW/3TCEHDSzPZnGnbrM/mPEllwy30TN8HrM=

{"playSources":[{"kind":"text","text":{"voiceKind":"male","text":"Hello. Café","sourceLocale":"en-US"}}],"playTo":[{"kind":"phoneNumber","phoneNumber":{"value":"+11231230672"}}]}`,
  now: '2024-05-27T09:08:07Z',
} as const;
