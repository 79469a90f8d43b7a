/** An answer of the service that Sinch does not publish, and what this server does in its place. */
export interface Assumption {
  readonly question: string;
  readonly chosen: string;
  /** Where the choice comes from. */
  readonly because: string;
}

/** Everything about the Voice API that is assumed here. `docs/sinch-assumptions.md` shows this table, and a test compares them. */
export const assumptions: readonly Assumption[] = [
  {
    question: 'How old may `x-timestamp` be?',
    chosen: '5 minutes, either way; `sinch.toleranceSeconds` changes it',
    because: 'the documentation says “not too old”; a third-party verifier uses 300 s',
  },
  {
    question: 'What answers an unknown application key in the Authorization header?',
    chosen: '401, 40108',
    because: 'the documentation lists 40004, 40100 and 40108 for keys; 40108 is the one about credentials',
  },
  {
    question: 'Is an application key in upper case, or without its hyphens, the same key?',
    chosen: 'no: keys are compared exactly, 401 with 40108; the diagnosis says that only the name differs (`key/id`)',
    because: 'current SDKs compare exactly; an old server SDK of Sinch reads a GUID in any case',
  },
  {
    question: 'What answers Basic authentication where it is switched off?',
    chosen: '401, 40104',
    because: 'its text asks for a request signed with the application secret',
  },
  {
    question: 'Which headers has a 401?',
    chosen: 'no `WWW-Authenticate`',
    because: 'none is published, and one that says “expired” breaks the Node SDK’s error handling',
  },
  {
    question: 'What is `reference` in an error?',
    chosen: 'a fresh UUID',
    because: 'observed answers carry one',
  },
  {
    question: 'What answers a body that is too large, or cut off?',
    chosen: '413 with 41300, 400 with 40000',
    because: 'the rule of the documented codes: HTTP status × 100',
  },
  {
    question: 'How many values may JSON have, and how deep may it be nested?',
    chosen: '20 000, and 1 000 levels: a body with more is no JSON (40001), an answer to a callback no SVAML',
    because: 'not published; this keeps every call in time',
  },
  {
    question: 'How is the path signed that contains escapes?',
    chosen: 'escaped, without query; the SDKs’ other readings are tolerated and named unless the server is strict',
    because: 'the description of version 2 leaves the query out; Sinch’s older .NET filter signs the escaped path',
  },
  {
    question: 'Which content type have callbacks?',
    chosen: '`application/json`, without a charset',
    because: 'the published callback signature is over this text',
  },
  {
    question: 'How many fraction digits has the `x-timestamp` of a callback?',
    chosen: 'seven',
    because: 'the description of version 2 says so',
  },
  {
    question: 'How is `cli` of ICE written, and `from` and `to` of DiCE?',
    chosen: 'numbers without their plus: `12015555555`',
    because:
      'the examples of the Voice API 1.0.1 and the fixtures of the Node, Java and .NET SDKs have none; the reference calls `cli` E.164, and Sinch’s skills show it with a plus',
  },
  {
    question: 'How is `to` of ICE written?',
    chosen: '`did` and the number with its plus for a number that was dialed; as the request named it for a callout',
    because:
      'the examples and fixtures write `did` and a plus; a page of Sinch Functions lists `number`, `username` and `sip`',
  },
  {
    question: 'Is `originationType` written in capitals?',
    chosen: '`PSTN`; `domain` beside it is `pstn`',
    because: 'the examples and fixtures do so; Sinch’s skills and its older pages have `pstn`, the schema allows both',
  },
  {
    question: 'How are `from` and `to` written in the call resource?',
    chosen:
      '`Number` and `Username` with a capital, numbers with a plus; `did` is a `Number`; no `from` where no number is shown',
    because: 'the SDKs’ fixtures; one of the Node SDK’s has no plus, the schema allows `number`, too, and no `did`',
  },
  {
    question: 'What is the `cli` of a conference’s participant?',
    chosen: 'of a callout the `cli` that it shows (`private` for none), of any other its own number; with a plus',
    because:
      'the fixtures of the SDKs show the `cli` of the callout; the reference describes the number of the participant',
  },
  {
    question: 'With which commands to a conference’s participant may `moh` stand?',
    chosen: 'with any; only `onhold` plays it',
    because: 'the reference allows it for `onhold` only; the SDKs’ fixtures send it with `mute` and `unmute`',
  },
  {
    question: 'Which instructions may a request that manages a call have?',
    chosen: 'all of them; of the actions `hangup`, `continue` and `park`',
    because:
      'the schema of the Voice API 1.0.1 and its examples (`sendDtmf`, `answer`, `setCookie`); the pages on SVAML list fewer for some of them',
  },
  {
    question: 'Where is `stopRecording` allowed?',
    chosen: 'everywhere',
    because: 'the schema of the Voice API 1.0.1; the Node SDK’s types name PIE only',
  },
  {
    question: 'Which applications may an application manage?',
    chosen: 'all that the configuration lists: they are one account’s. `listNumbers` lists the numbers of all of them',
    because:
      'the SDKs’ fixtures list numbers of several applications and read the callback URLs of another; nothing says where an account ends',
  },
  {
    question: 'How long may a callback URL take, and how often is it tried?',
    chosen: '5 s, once each for the primary and the fallback URL; `sinch.callbackTimeoutMs` changes the time',
    because: 'version 1 says only “timeout period”; 5 s is version 2’s',
  },
  {
    question: 'What does a caller hear when ICE is not answered?',
    chosen: '“An application error has occurred. Goodbye.”; then the call ends, CALLBACKERROR',
    because: 'an error message is documented, its words are not',
  },
  {
    question: 'What follows an answer to ICE without an action?',
    chosen: 'the instructions are played and the call is hung up',
    because: 'nothing says where to connect it',
  },
  {
    question: 'What follows an answer to PIE without an action, or none at all?',
    chosen:
      'two parties are connected to each other, a callout does what it was placed for, one party alone is hung up on',
    because: 'not published',
  },
  {
    question: 'What does `continue` do where only one party is there?',
    chosen: 'a callee stays on the line; a caller who has finished a menu is hung up on',
    because: 'not published',
  },
  {
    question: 'What of a custom callout that has a destination, and whose ICE cannot be sent because there is no URL?',
    chosen: 'the destination is called',
    because: 'not published',
  },
  {
    question: 'Who hears the instructions of an inline `ice` that come before anybody is there?',
    chosen: 'the callee, once it answers, before ACE',
    because: 'Sinch’s own example says a welcome there',
  },
  {
    question: 'Who hears the instructions of an answer to ACE?',
    chosen: 'the callee who has just answered',
    because: 'not published',
  },
  {
    question: 'Is a caller answered before a prompt of ICE is played to it?',
    chosen: 'yes, also without the instruction `answer`',
    because: 'early media is not reproduced',
  },
  {
    question: 'When is the text of a text callout spoken if ACE is on?',
    chosen: 'after an answer of `continue`, or none; other actions take its place',
    because: 'not published',
  },
  {
    question: 'Which reason has a text callout that has spoken its text?',
    chosen: 'MANAGERHANGUP',
    because: 'the platform hangs up; the documented example of DiCE has it',
  },
  {
    question: 'Which result and reason has a call to a busy number, one that declines, one that does not exist?',
    chosen: 'BUSY with N/A; BUSY with CALLEEHANGUP; FAILED with GENERALERROR',
    because: 'BUSY with N/A is documented for data calls, the rest is not published',
  },
  {
    question: 'What becomes of a callout without a `cli`?',
    chosen: '200 and a callId; the call ends at once, FAILED with GENERALERROR',
    because: 'Sinch’s notes say that it never connects, not how it ends',
  },
  {
    question: 'How long does a party ring?',
    chosen: '60 s; `sinch.ringTimeoutMs` changes it',
    because: 'not published',
  },
  {
    question: 'How often is a menu repeated that does not say `repeats`?',
    chosen: 'never',
    because: 'not published',
  },
  {
    question: 'What does `return` without a value return?',
    chosen: 'the key that was pressed',
    because: 'not published',
  },
  {
    question: 'What do digits lead to that no option names?',
    chosen: 'with `maxDigits`, or without options, a sequence; otherwise they are invalid input',
    because: 'menus of both kinds are documented, mixed ones are not',
  },
  {
    question: 'How does answering machine detection judge?',
    chosen:
      'a greeting of 1.5 s or more is a machine’s, a shorter one followed by 0.8 s of silence a person’s; 2.5 s of silence is `notsure`; a beep is a machine’s',
    because: 'the usual figures of the field',
  },
  {
    question: 'What does SVAML on a call do that is playing something?',
    chosen: 'it stops the prompt, the menu or being parked, and takes their place',
    because: 'documented for parked calls only',
  },
  {
    question: 'What answers SVAML that is not allowed in a request that manages a call?',
    chosen: '400, 40001, with where and why',
    because: 'not published',
  },
  {
    question: 'How long is a call parked that does not say `maxDuration`?',
    chosen: '600 s, the documented maximum',
    because: 'not published',
  },
  {
    question: 'What are the messages of `connectStream`?',
    chosen:
      'those of the stream of version 2: `connect`, answered by `answer`, `busy` or `reject`; `clear` and `heartbeat`',
    because: 'the page of version 1 shows the same flow without the fields',
  },
  {
    question: 'Which sample rate has a stream that does not say it?',
    chosen: '16 000 Hz',
    because: 'not published',
  },
  {
    question: 'When is a stream given up?',
    chosen: 'when its connection closes, or after a minute without audio or heartbeat',
    because: 'published for version 2',
  },
  {
    question: 'How does the music sound?',
    chosen: 'three melodies in the public domain for `music1` to `music3`, the North American ring tone for `ring`',
    because: 'Sinch’s recordings are its own',
  },
  {
    question: 'How many instructions and prompts can SVAML have?',
    chosen: '100 instructions; 50 prompts in one `playFiles`; more of them are invalid',
    because: 'not published',
  },
  {
    question: 'How many keys can `dtmf` and `sendDtmf` have?',
    chosen: '500; more of them are not sent',
    because: 'not published',
  },
  {
    question: 'What does a caller hear while the callee rings?',
    chosen:
      'nothing, unless it has been answered and `indications` names a country: then the ring tone of that country',
    because: 'early media is not reproduced; the tones are those of ITU-T E.180',
  },
  {
    question: 'Who goes to the conference when `connectConf` answers an ACE or PIE of a call of two parties?',
    chosen: 'the party that the event is about; the other one stays in the call, which ends when either hangs up',
    because: 'not published; the documented examples have one party',
  },
  {
    question: 'What does the recording of a call contain that goes to a conference?',
    chosen: 'everything that the call’s own party hears and says there, until it leaves',
    because: 'the instruction records the call, and the call goes on',
  },
  {
    question: 'What is told of a recording that cannot be stored where it should be?',
    chosen:
      'in place of `recording_available` a notify `callingerror` with 50000, which says why and where the file still is',
    because: 'notify events of errors are documented, this one is not',
  },
  {
    question: 'Which result has a call that ends with a reason of the fault `sinch-call`?',
    chosen: 'FAILED',
    because: 'which results go with which reasons is not published',
  },
  {
    question: 'Which reason has a call to a user who does not exist?',
    chosen: 'FAILED with USERNOTFOUND',
    because: 'the name of the reason says so',
  },
  {
    question: 'What does a call cost?',
    chosen: 'nothing: every amount is 0 USD',
    because: 'prices depend on the account',
  },
];
