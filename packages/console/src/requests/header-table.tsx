/** Header lines, in the order in which they were on the wire. `marked` ones take part in the signature. */
export function HeaderTable({
  headers,
  marked = [],
  label,
}: {
  headers: readonly (readonly [string, string])[];
  marked?: readonly string[];
  label: string;
}) {
  return (
    <div class="table-box" role="region" aria-label={label} tabIndex={0}>
      <table class="headers">
        <tbody>
          {headers.map(([name, value], index) => (
            <tr key={index} class={marked.includes(name.toLowerCase()) ? 'signed' : undefined}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
