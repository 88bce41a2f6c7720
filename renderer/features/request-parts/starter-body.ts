// What the body of a new call begins with: JSON that can be sent as it is, for any item.
export const starterBody = '{\n  "id": {{ item.externalId | json }},\n  "title": {{ item.title | json }}\n}';
