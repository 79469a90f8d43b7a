const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const letters: Readonly<Record<string, string>> = {
  '2': 'abc',
  '3': 'def',
  '4': 'ghi',
  '5': 'jkl',
  '6': 'mno',
  '7': 'pqrs',
  '8': 'tuv',
  '9': 'wxyz',
  '0': '+',
};

/** The keys of a telephone. With the focus among them, typing a key presses it. */
export function Keypad({ onPress, label }: { onPress: (key: string) => void; label: string }) {
  return (
    <div
      class="keypad"
      role="group"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9*#a-dA-D]$/.test(event.key)) return;
        event.preventDefault();
        onPress(event.key.toUpperCase());
      }}
    >
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          onClick={() => onPress(key)}
          aria-label={keyName(key)}
          data-letters={letters[key]}
        >
          {key}
        </button>
      ))}
    </div>
  );
}

function keyName(key: string): string {
  return { '*': 'star', '#': 'pound' }[key] ?? key;
}
