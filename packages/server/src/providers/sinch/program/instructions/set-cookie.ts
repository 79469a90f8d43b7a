import { object, optional, string } from '../../../../json-schema/schema.ts';
import { failSvaml } from '../../calls/ending.ts';
import { defineInstruction } from '../../calls/element.ts';
import { maxHeaderBytes, pairBytes } from '../../svaml/fields.ts';

/** Sets a cookie: later callbacks of the call carry it. All cookies together may have 1024 bytes. */
export const setCookie = defineInstruction({
  name: 'setCookie',
  places: ['ice', 'ace', 'pie', 'manage'],
  fields: object({ key: string({ minLength: 1 }), value: optional(string()) }),
  heard: false,
  run: (turn, { key, value = '' }) => {
    const cookies = { ...turn.state.cookies, [key]: value };
    const bytes = pairBytes(Object.entries(cookies).map(([name, content]) => ({ key: name, value: content })));
    if (bytes > maxHeaderBytes) {
      failSvaml(
        turn,
        `setCookie "${key}": the call's cookies would have ${bytes} bytes; ${maxHeaderBytes} are allowed`,
      );
    } else {
      turn.set({ cookies });
    }
    return 'done';
  },
});
