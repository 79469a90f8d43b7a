/** What a value looks like, and the names that people give to variables of such values. */
interface ValueKind {
  readonly looksSo: RegExp;
  readonly names: readonly string[];
}

const kinds: readonly ValueKind[] = [
  {
    looksSo: /^(?:tel:|4:)?\+?\d[\d ()-]{5,}$/,
    names:
      'to from number phone phoneNumber callee caller target recipient destination toNumber fromNumber targetNumber phone_number to_number from_number targetPhoneNumber calleeNumber callerNumber callerId participant customer mobile msisdn source cli dest toPhone fromPhone agent acsNumber sinchNumber TO FROM PHONE_NUMBER To From'.split(
        ' ',
      ),
  },
  {
    looksSo: /^https?:\/\/|^wss?:\/\//i,
    names:
      'url uri callback callbackUrl callbackUri callbackURL callback_url callback_uri webhook webhookUrl webhook_url fileUrl fileUri audioUrl audioFile mediaUrl file audio media endpoint baseUrl appUrl host tunnel tunnelUrl ngrok ngrokUrl publicUrl cognitiveServicesEndpoint CALLBACK_URL CALLBACK_URI'.split(
        ' ',
      ),
  },
  {
    looksSo: /^[^\s@]+@[^\s@]+$/,
    names:
      'email to recipient from sender mail address emailAddress toEmail fromEmail recipientEmail senderEmail senderAddress recipientAddress to_email from_email toAddress fromAddress EMAIL'.split(
        ' ',
      ),
  },
  {
    looksSo: /^[0-9a-f]{8}-[0-9a-f]{4}-|^[0-9a-f]{16,}$|^\d+:acs:|^eyJ|^aHR0c/i,
    names:
      'id callId callConnectionId serverCallId recordingId userId identity user acsUserId participantId participant conferenceId correlationId groupCallId groupId sessionId context operationContext incomingCallContext token locator guid uuid'.split(
        ' ',
      ),
  },
  { looksSo: /^[a-z]{2}-[A-Z]{2}$/, names: ['locale', 'lang', 'language', 'sourceLocale', 'speechLanguage', 'LOCALE'] },
  { looksSo: /^[a-z]{2}-[A-Z]{2}-\w+$/, names: ['voice', 'voiceName', 'voice_name', 'speaker'] },
  {
    looksSo: /\s|[.!?]$|^</,
    names:
      'text message msg prompt content body greeting speech tts ssml say question textToPlay textToSay playText subject title note plainText html text_to_play TEXT MESSAGE'.split(
        ' ',
      ),
  },
];

/** Names of variables by what the value looks like; none where it looks like nothing that variables are for. */
export function namesByValue(value: string): readonly string[] {
  return kinds.find(({ looksSo }) => looksSo.test(value))?.names ?? [];
}
