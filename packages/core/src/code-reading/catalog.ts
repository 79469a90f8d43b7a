import type { ReadingRule } from './kit/reading-rule.ts';
import { base64WithLineBreak } from './rules/base64-with-line-break.ts';
import { bodySentByAnotherSerializer } from './rules/body-sent-by-another-serializer.ts';
import { bodySerializedAgain } from './rules/body-serialized-again.ts';
import { bodyUnresolvedInPostman } from './rules/body-unresolved-in-postman.ts';
import { connectionStringSplit } from './rules/connection-string-split.ts';
import { contentTypeGetsCharset } from './rules/content-type-gets-charset.ts';
import { curlStripsLineBreaks } from './rules/curl-strips-line-breaks.ts';
import { dateHeaderNotSigned } from './rules/date-header-not-signed.ts';
import { dateInAnotherFormat } from './rules/date-in-another-format.ts';
import { dateTakenTwice } from './rules/date-taken-twice.ts';
import { echoAddsNewline } from './rules/echo-adds-newline.ts';
import { hashOfKeyAndMessage } from './rules/hash-of-key-and-message.ts';
import { hexIntoBase64 } from './rules/hex-into-base64.ts';
import { keyAsText } from './rules/key-as-text.ts';
import { keyDecoded } from './rules/key-decoded.ts';
import { keySwappedWithMessage } from './rules/key-swapped-with-message.ts';
import { newlineNotEscaped } from './rules/newline-not-escaped.ts';
import { opensslTextIntoBase64 } from './rules/openssl-text-into-base64.ts';
import { queryLeftOut } from './rules/query-left-out.ts';
import { urlUnresolvedInPostman } from './rules/url-unresolved-in-postman.ts';

/** Every mistake that is read off code, in the order in which they are told. */
export const readingRules: readonly ReadingRule[] = [
  urlUnresolvedInPostman,
  bodyUnresolvedInPostman,
  base64WithLineBreak,
  bodySentByAnotherSerializer,
  bodySerializedAgain,
  connectionStringSplit,
  contentTypeGetsCharset,
  curlStripsLineBreaks,
  dateHeaderNotSigned,
  dateInAnotherFormat,
  dateTakenTwice,
  echoAddsNewline,
  hashOfKeyAndMessage,
  hexIntoBase64,
  keyAsText,
  keyDecoded,
  keySwappedWithMessage,
  newlineNotEscaped,
  opensslTextIntoBase64,
  queryLeftOut,
];
