import { programNames } from '../../providers/program-names.ts';
import { cased, type LetterCase } from './name-grammar.ts';

/** What a value looks like, and the names that people give to variables of such values. */
interface ValueKind {
  readonly looksSo: RegExp;
  readonly names: readonly string[];
  /** Words that are put before a noun, as in `customerPhone`; the usual ones first. */
  readonly before?: readonly string[];
  readonly nouns?: readonly string[];
}

const words = (text: string): readonly string[] => text.split(' ');

const idBeginnings = ['[0-9a-f]{8}-[0-9a-f]{4}-', '[0-9a-f]{16,}$', ...programNames.idBeginnings, 'eyJ', 'aHR0c'];
const identifier = new RegExp(`^(?:${idBeginnings.join('|')})`, 'i');

const kinds: readonly ValueKind[] = [
  {
    looksSo: /^(?:tel:|4:)?\+?\d[\d ()-]{5,}$/,
    names: words(
      `to from number phone phoneNumber callee caller target recipient destination toNumber fromNumber targetNumber sourceNumber cli source phone_number to_number from_number targetPhoneNumber sourcePhoneNumber sourceCallerId calleeNumber callerNumber callerId customer ${programNames.numbers.join(' ')} participant sender mobile msisdn dest toPhone fromPhone agent TO FROM PHONE_NUMBER To From`,
    ),
    before: words(
      `target source customer user to from callee caller recipient sender destination client called calling dial agent contact my ${programNames.qualifiers.join(' ')} test guest participant bot business`,
    ),
    nouns: words('number phone phoneNumber mobile num'),
  },
  {
    looksSo: /^\d{10}(?:\d{3})?$/,
    names: words('timestamp time now epoch ts unixTimestamp date'),
  },
  {
    looksSo: /^\d{4}-\d\d-\d\dT\d\d:\d\d/,
    names: words('isoTimestamp timestamp now date datetime dateTime time startTime createdAt isoDate utcNow'),
  },
  {
    looksSo: /^\d{1,8}$/,
    names: words('code otp pin number count amount id randomInt passcode verificationCode timeout duration value'),
  },
  {
    looksSo: /^https?:\/\/|^wss?:\/\//i,
    names: words(
      'url uri callback callbackUrl callbackUri callbackURL callback_url callback_uri webhook webhookUrl webhook_url ngrok ngrokUrl eventsUrl publicUrl fileUrl fileUri audioUrl audioFile mediaUrl file audio media endpoint baseUrl appUrl host tunnel tunnelUrl cognitiveServicesEndpoint CALLBACK_URL CALLBACK_URI',
    ),
    before: words(
      'callback webhook events event notification hook app base public ngrok tunnel server host file audio media recording status cognitiveServices websocket transport',
    ),
    nouns: words('url uri endpoint host base'),
  },
  {
    looksSo: /^[^\s@]+@[^\s@]+$/,
    names: words(
      'email to recipient from sender mail address emailAddress toEmail fromEmail recipientEmail senderEmail senderAddress recipientAddress to_email from_email toAddress fromAddress EMAIL',
    ),
    before: words('customer user to from recipient sender client contact target my mail guest'),
    nouns: words('email address mail emailAddress'),
  },
  {
    looksSo: identifier,
    names: words(
      `id callId callConnectionId serverCallId recordingId userId identity user ${programNames.ids.join(' ')} participantId participant conferenceId correlationId groupCallId groupId sessionId context operationContext incomingCallContext token locator guid uuid randomUUID mri rawId`,
    ),
  },
  { looksSo: /^[a-z]{2}-[A-Z]{2}$/, names: words('locale lang language sourceLocale speechLanguage LOCALE') },
  { looksSo: /^[a-z]{2}-[A-Z]{2}-\w+$/, names: words('voice voiceName voice_name speaker') },
  {
    looksSo: /\s|[.!?]$|^</,
    names: words(
      'text message msg prompt content body greeting speech say tts ssml textToPlay playText subject question textToSay ttsText messageText announcement sentence title note script phrase utterance plainText html text_to_play TEXT MESSAGE',
    ),
    before: words(
      'welcome greeting tts play message text prompt voice speech call intro alert announcement menu sms mail email body custom',
    ),
    nouns: words('text message prompt msg content'),
  },
];

/** Names of variables by what the value looks like, the usual ones first; none where it looks like nothing that variables are for. */
export function namesByValue(value: string): readonly string[] {
  return [...new Set(kinds.filter(({ looksSo }) => looksSo.test(value)).flatMap(({ names }) => names))];
}

const dynamic: readonly { readonly looksSo: RegExp; readonly names: readonly string[] }[] = [
  { looksSo: /^[0-9a-f]{8}-[0-9a-f]{4}-/i, names: words('$guid $randomUUID $uuid $random.uuid') },
  { looksSo: /^\d{10}(?:\d{3})?$/, names: words('$timestamp') },
  { looksSo: /^\d{4}-\d\d-\d\dT\d\d:\d\d/, names: ['$isoTimestamp', '$datetime iso8601', '$timestamp'] },
  { looksSo: /^\d{1,4}$/, names: words('$randomInt $random.integer') },
];

/** Dynamic variables that make such values: signed as they stand, they are placeholders like all others. */
export function dynamicNames(value: string): readonly string[] {
  return dynamic.filter(({ looksSo }) => looksSo.test(value)).flatMap(({ names }) => names);
}

/** The same names in one letter case, and those that two words make: `customerPhone`, `CUSTOMER_PHONE`. */
export function composedNames(value: string, letterCase: LetterCase): readonly string[] {
  const found = new Set<string>();
  for (const { looksSo, names, before = [], nouns = [] } of kinds) {
    if (!looksSo.test(value)) continue;
    for (const name of names) found.add(cased(name, letterCase));
    for (const noun of nouns) for (const word of before) found.add(cased(`${word}_${noun}`, letterCase));
  }
  return [...found];
}

/** A part of a text that a variable of its own may have stood for. */
export interface TextPiece {
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
}

const pieceKinds: readonly { readonly form: RegExp; readonly names: readonly string[] }[] = [
  { form: /\b\d{1,2}:\d\d\b/g, names: words('time appointmentTime startTime hour') },
  { form: /\b\d{4}-\d\d-\d\d\b/g, names: words('date appointmentDate day') },
  {
    form: /\b\d{2,}\b/g,
    names: words('code otp pin number amount orderId orderNumber id passcode verificationCode token count'),
  },
  {
    form: /(?<=[a-z,:] )\p{Lu}\p{L}+\b/gu,
    names: words('name firstName customerName userName lastName fullName city company customer user'),
  },
];
const mostPieces = 6;

/** Numbers, times and names within a text, as of "Hello {{name}}, your code is {{code}}". */
export function piecesOfText(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  for (const { form, names } of pieceKinds) {
    for (const { 0: piece, index } of text.matchAll(form)) {
      const end = index + piece.length;
      if (piece.length === text.length || pieces.some((other) => index < other.end && other.start < end)) continue;
      if (pieces.push({ start: index, end, names }) === mostPieces) return pieces;
    }
  }
  return pieces;
}
