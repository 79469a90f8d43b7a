/** Why: a fix is shown under the language's name as people call it, with the mark of its code blocks. */

/** In the order in which they are shown. */
export const languages = [
  { id: 'javascript', name: 'Node.js', fence: 'js' },
  { id: 'python', name: 'Python', fence: 'python' },
  { id: 'go', name: 'Go', fence: 'go' },
  { id: 'ruby', name: 'Ruby', fence: 'ruby' },
  { id: 'java', name: 'Java', fence: 'java' },
  { id: 'csharp', name: 'C#', fence: 'csharp' },
  { id: 'php', name: 'PHP', fence: 'php' },
  { id: 'bash', name: 'bash', fence: 'bash' },
  { id: 'powershell', name: 'PowerShell', fence: 'powershell' },
  { id: 'postman', name: 'Postman', fence: 'js' },
];
