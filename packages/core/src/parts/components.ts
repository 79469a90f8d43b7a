import { CountersignError } from '../errors.ts';
import { headerValue, type Message } from '../message.ts';
import { componentOf, structuredFieldKinds, type StructuredFieldKind } from '../places/components-rule.ts';
import { words } from '../rule-members.ts';
import { componentValue } from './component-value.ts';
import { provideReader } from './readers.ts';
import type { SignedValues, SourceRow, Subject } from './source.ts';

/** The components that each request says it signs (RFC 9421), one line each. Its rule is `components` of the scheme. */
export interface ComponentsSource {
  readonly from: 'components';
}

/** One component of a request. */
export interface ComponentSource {
  readonly from: 'component';
  /** Its identifier without the quotes around the name: `@authority`, `accept`, `@query-param;name="Pet"`. */
  readonly component: string;
  readonly structuredFields?: Readonly<Record<string, StructuredFieldKind>>;
}

/** The list of components and the parameters of the signature, as `Signature-Input` has them. */
export interface SignatureParametersSource {
  readonly from: 'signature-params';
}

/** The field of `SignedValues` that holds it. */
export const parametersField = 'signature-params';

function readComponent({ component, structuredFields }: ComponentSource, message: Message): string {
  const item = componentOf(component);
  if (!item) throw new CountersignError('header/malformed', `"${component}" is no component`);
  const value = componentValue(item, message, structuredFields);
  if ('text' in value) return value.text;
  throw new CountersignError(value.code === 'header/missing' ? value.code : 'header/malformed', value.summary);
}

function readParameters(_: SignatureParametersSource, _message: Message, { fields }: SignedValues): string {
  return fields?.[parametersField] ?? '';
}

// Each request's own parts stand in its place.
provideReader<ComponentsSource>('components', () => '');
provideReader<ComponentSource>('component', readComponent, 'header/malformed');
provideReader<SignatureParametersSource>('signature-params', readParameters);

/** All that is to be known of it. */
export const components: SourceRow<ComponentsSource> = {
  members: {},
  needs: 'components',
  holds: () => /[^\r\0]/,
  words: (_, { components: rule }) =>
    `the components that signature-input lists, among them ${rule?.required.join(', ') ?? 'those required'}, each as "name": value`,
  signs: () => [],
};

/** The same. */
export const signatureParameters: SourceRow<SignatureParametersSource> = {
  members: {},
  holds: () => /[ -~]/,
  words: () => 'the components and parameters as signature-input has them',
  variable: () => 'signatureParams',
  signs: () => [],
  signsRule: (_, _rules, rule) => rule === 'date',
};

/** The same. */
export const component: SourceRow<ComponentSource> = {
  members: { component: words, structuredFields: structuredFieldKinds },
  holds: () => /[^\n\r\0]/,
  words: (source) => `the component ${source.component}`,
  variable: (source) => source.component.replace(/[^a-z0-9-]+/gi, '-').replace(/^-|-$/g, ''),
  signs: ({ component: text }) => subjects[text] ?? (text.startsWith('@') ? ['query'] : ['header']),
  takesRepeats: true,
  // Where the verifier knows the URL, the Host header says nothing.
  headersOf: ({ component: text }, { origin }) => {
    if (text === '@authority') return origin === undefined ? ['host'] : [];
    return text.startsWith('@') ? [] : [text.split(';', 1)[0] ?? ''];
  },
  check: ({ component: text, structuredFields }, message) => {
    const item = componentOf(text);
    const value = item && componentValue(item, message, structuredFields);
    return value && 'code' in value ? value : undefined;
  },
  received: ({ component: text, structuredFields }, message) => {
    const item = componentOf(text);
    const value = item && componentValue(item, message, structuredFields);
    return value && 'text' in value ? value.text : (headerValue(message.headers, text) ?? '');
  },
};

const subjects: Readonly<Record<string, readonly Subject[]>> = {
  'content-digest': ['header', 'content-hash', 'body'],
  '@authority': ['host'],
  '@scheme': ['literal'],
};
