import type { MistakeClass } from './search/mistake-class.ts';
import type { NoteClass } from './report/note-class.ts';
import { bodyCharset } from './mistakes/body-charset.ts';
import { bodyFormEncoding } from './mistakes/body-form-encoding.ts';
import { bodyMissing } from './mistakes/body-missing.ts';
import { bodyNewlines } from './mistakes/body-newlines.ts';
import { bodyPartOnly } from './mistakes/body-part-only.ts';
import { bodyReserialized } from './mistakes/body-reserialized.ts';
import { bodyTransportEncoding } from './mistakes/body-transport-encoding.ts';
import { contentHashAlgorithm } from './mistakes/content-hash-algorithm.ts';
import { contentHashEncoding } from './mistakes/content-hash-encoding.ts';
import { contentHashMismatch } from './mistakes/content-hash-mismatch.ts';
import { contentHashNotSent } from './mistakes/content-hash-not-sent.ts';
import { dateClockSkew } from './mistakes/date-clock-skew.ts';
import { dateFormat } from './mistakes/date-format.ts';
import { dateNotTheOneSent } from './mistakes/date-not-the-one-sent.ts';
import { dateOtherMessage } from './mistakes/date-other-message.ts';
import { dateUnit } from './mistakes/date-unit.ts';
import { digestAlgorithm } from './mistakes/digest-algorithm.ts';
import { digestEncoding } from './mistakes/digest-encoding.ts';
import { digestNotHmac } from './mistakes/digest-not-hmac.ts';
import { headerAuthorizationSyntax } from './mistakes/header-authorization-syntax.ts';
import { headerChangedInTransit } from './mistakes/header-changed-in-transit.ts';
import { headerContentLength } from './mistakes/header-content-length.ts';
import { headerContentType } from './mistakes/header-content-type.ts';
import { headerDuplicated } from './mistakes/header-duplicated.ts';
import { headerNameCase } from './mistakes/header-name-case.ts';
import { headerSeparatorInside } from './mistakes/header-separator-inside.ts';
import { headerSignedSet } from './mistakes/header-signed-set.ts';
import { keyEncoding } from './mistakes/key-encoding.ts';
import { keyId } from './mistakes/key-id.ts';
import { keyKind } from './mistakes/key-kind.ts';
import { keyOther } from './mistakes/key-other.ts';
import { keyPrefix } from './mistakes/key-prefix.ts';
import { keyStrayCharacters } from './mistakes/key-stray-characters.ts';
import { keySwappedWithMessage } from './mistakes/key-swapped-with-message.ts';
import { layoutLiteralNewline } from './mistakes/layout-literal-newline.ts';
import { layoutNewlines } from './mistakes/layout-newlines.ts';
import { layoutOrder } from './mistakes/layout-order.ts';
import { layoutPartMissing } from './mistakes/layout-part-missing.ts';
import { layoutSeparator } from './mistakes/layout-separator.ts';
import { layoutTrailingNewline } from './mistakes/layout-trailing-newline.ts';
import { methodCase } from './mistakes/method-case.ts';
import { methodOther } from './mistakes/method-other.ts';
import { parametersEncoding } from './mistakes/parameters-encoding.ts';
import { parametersOrder } from './mistakes/parameters-order.ts';
import { parametersSet } from './mistakes/parameters-set.ts';
import { providerAtFault } from './mistakes/provider-at-fault.ts';
import { replayRepeated } from './mistakes/replay-repeated.ts';
import { resourceOther } from './mistakes/resource-other.ts';
import { rightsOther } from './mistakes/rights-other.ts';
import { schemeBasic } from './mistakes/scheme-basic.ts';
import { schemeLookAlike } from './mistakes/scheme-look-alike.ts';
import { schemeNotForThisApi } from './mistakes/scheme-not-for-this-api.ts';
import { requestRefused } from './mistakes/request-refused.ts';
import { schemeFormOnly } from './mistakes/scheme-form-only.ts';
import { schemeOther } from './mistakes/scheme-other.ts';
import { signatureOneOfSeveral } from './mistakes/signature-one-of-several.ts';
import { signatureDamaged } from './mistakes/signature-damaged.ts';
import { templateUnresolved } from './mistakes/template-unresolved.ts';
import { tokenAlgorithm } from './mistakes/token-algorithm.ts';
import { tokenClaim } from './mistakes/token-claim.ts';
import { tokenMalformed } from './mistakes/token-malformed.ts';
import { urlAbsolute } from './mistakes/url-absolute.ts';
import { urlHash } from './mistakes/url-hash.ts';
import { urlHost } from './mistakes/url-host.ts';
import { urlPathEncoding } from './mistakes/url-path-encoding.ts';
import { urlPath } from './mistakes/url-path.ts';
import { urlQueryEncoding } from './mistakes/url-query-encoding.ts';
import { urlQueryOmitted } from './mistakes/url-query-omitted.ts';
import { urlQueryOther } from './mistakes/url-query-other.ts';
import { urlQueryOrder } from './mistakes/url-query-order.ts';
import { urlScheme } from './mistakes/url-scheme.ts';

/** Every class of mistake: a list of files. Which answer comes first is said in them (`rank`). */
export const catalog: readonly MistakeClass[] = [
  bodyCharset,
  bodyFormEncoding,
  bodyMissing,
  bodyNewlines,
  bodyPartOnly,
  bodyReserialized,
  bodyTransportEncoding,
  contentHashAlgorithm,
  contentHashEncoding,
  contentHashMismatch,
  contentHashNotSent,
  dateClockSkew,
  dateFormat,
  dateNotTheOneSent,
  dateOtherMessage,
  dateUnit,
  digestAlgorithm,
  digestEncoding,
  digestNotHmac,
  headerAuthorizationSyntax,
  headerChangedInTransit,
  headerContentLength,
  headerContentType,
  headerDuplicated,
  headerNameCase,
  headerSeparatorInside,
  headerSignedSet,
  keyEncoding,
  keyId,
  keyKind,
  keyOther,
  keyPrefix,
  keyStrayCharacters,
  keySwappedWithMessage,
  layoutLiteralNewline,
  layoutNewlines,
  layoutOrder,
  layoutPartMissing,
  layoutSeparator,
  layoutTrailingNewline,
  methodCase,
  methodOther,
  parametersEncoding,
  parametersOrder,
  parametersSet,
  requestRefused,
  schemeFormOnly,
  schemeOther,
  signatureDamaged,
  templateUnresolved,
  tokenAlgorithm,
  tokenClaim,
  tokenMalformed,
  urlAbsolute,
  urlHash,
  urlHost,
  urlPath,
  urlPathEncoding,
  urlQueryEncoding,
  urlQueryOmitted,
  urlQueryOrder,
  urlQueryOther,
  urlScheme,
];

/** What is said besides the explanation and never searched for. */
export const noteCatalog: readonly NoteClass[] = [
  schemeBasic,
  schemeNotForThisApi,
  schemeLookAlike,
  replayRepeated,
  signatureOneOfSeveral,
  resourceOther,
  providerAtFault,
  rightsOther,
];
