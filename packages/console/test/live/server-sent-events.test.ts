import { describe, expect, it } from 'vitest';
import { ServerSentEventReader } from '../../src/live/server-sent-events.ts';

describe('reading server-sent events', () => {
  it('puts an event together that arrives in pieces', () => {
    const reader = new ServerSentEventReader();
    expect(reader.read('id: s-1\nevent: ca')).toEqual([]);
    expect(reader.read('ll\ndata: {"a":')).toEqual([]);
    expect(reader.read('1}\n\nid: s-2\n')).toEqual([{ id: 's-1', event: 'call', data: '{"a":1}' }]);
  });

  it('keeps the last id for events that name none', () => {
    const reader = new ServerSentEventReader();
    expect(reader.read('id: s-7\ndata: one\n\ndata: two\n\n').map(({ id }) => id)).toEqual(['s-7', 's-7']);
  });

  it('reads a block that only moves the place, and skips comments', () => {
    const reader = new ServerSentEventReader();
    expect(reader.read(': still here\n\n: connected\nid: s-3\nretry: 1000\n\n')).toEqual([
      { id: 's-3', event: undefined, data: '' },
    ]);
  });

  it('joins several data lines, and takes lines that end in CR LF', () => {
    const reader = new ServerSentEventReader();
    expect(reader.read('event: note\r\ndata: one\r\ndata: two\r\n\r\n')).toEqual([
      { id: undefined, event: 'note', data: 'one\ntwo' },
    ]);
  });
});
