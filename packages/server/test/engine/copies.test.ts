import { describe, expect, it } from 'vitest';
import { extend } from '../../src/engine/copies.ts';

describe('copies', () => {
  it('are given members that the original keeps lacking', () => {
    const leg: { state: string; cause?: string } = { state: 'connected' };
    expect(extend(leg, { state: 'ended', cause: 'busy' })).toEqual({ state: 'ended', cause: 'busy' });
    expect(leg).toEqual({ state: 'connected' });
  });
});
