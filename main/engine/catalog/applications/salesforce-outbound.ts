// What the catalog knows of Salesforce outbound message. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const salesforceOutbound = defineApplication({
  id: 'salesforce-outbound',
  name: 'Salesforce outbound message',
  category: 'Customer relations',
  aliases: ['crm', 'sfdc', 'soap', 'workflow', 'flow'],
  icon: { color: '#00a1e0' },
  docsUrl:
    'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_understanding.htm',
  contentTypes: ['text/xml; charset=utf-8'],
  steps: [
    {
      text: 'In Salesforce Setup, create an outbound message for the object that you want to send. The menu may be named otherwise.',
      menu: ['Setup', 'Process Automation', 'Workflow Actions', 'Outbound Messages', 'New Outbound Message'],
      certainty: 'unconfirmed',
    },
    { text: 'Give it a name and paste the webhook URL into Endpoint URL.', pastesUrl: true },
    { text: 'Select the fields to send. Take Id and Name at least.' },
    { text: 'Add the message as an action of a flow or of a workflow rule, and activate that.' },
    { text: 'Change a record that meets the rule to make the first call.' },
  ],
  signature: {
    scheme: 'none',
    text: 'The messages are not signed. The unguessable part of the webhook URL protects them.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 60_000, certainty: 'confirmed' },
  retries: {
    text: 'For up to 24 hours, with growing pauses of at most two hours. Order is not guaranteed.',
    certainty: 'confirmed',
    forMs: 86_400_000,
  },
  events: [],
  deliveryId: { path: 'Id', perItem: true },
  mapping: {
    split: 'soapenv:Envelope.soapenv:Body.notifications.Notification[*]',
    id: 'sObject.sf:Id',
    title: 'sObject.sf:Name',
    note: 'One message carries up to 100 records. The title needs Name among the selected fields.',
  },
  sample: {
    contentType: 'text/xml; charset=utf-8',
    headers: { SOAPAction: '""' },
    body: `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>00DEXAMPLE00001EAA</OrganizationId>
   <ActionId>04kEXAMPLE00002EAB</ActionId>
   <SessionId xsi:nil="true"/>
   <EnterpriseUrl>https://northwind.my.example.com/services/Soap/c/62.0/00DEXAMPLE00001</EnterpriseUrl>
   <PartnerUrl>https://northwind.my.example.com/services/Soap/u/62.0/00DEXAMPLE00001</PartnerUrl>
   <Notification>
    <Id>04lEXAMPLE00003AAC</Id>
    <sObject xsi:type="sf:Account" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Id>001EXAMPLE00004AAD</sf:Id>
     <sf:BillingCity>Rotterdam</sf:BillingCity>
     <sf:Name>Haven Koffie &amp; Gebak</sf:Name>
    </sObject>
   </Notification>
   <Notification>
    <Id>04lEXAMPLE00005AAE</Id>
    <sObject xsi:type="sf:Account" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Id>001EXAMPLE00006AAF</sf:Id>
     <sf:BillingCity>Antwerpen</sf:BillingCity>
     <sf:Name>De Gouden Krakeling</sf:Name>
    </sObject>
   </Notification>
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>
`,
  },
  handshake: {
    kind: 'fixedReply',
    contentType: 'text/xml; charset=utf-8',
    body: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
  },
  signatureSchemes: [{ kind: 'none' }],
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    deliveryId: {
      level: 'official',
      sources: [
        'https://developer.salesforce.com/docs/atlas.en-us.246.0.api.meta/api/sforce_api_om_outboundmessaging_notifications.htm',
      ],
    },
    response: {
      level: 'official',
      sources: [
        'https://developer.salesforce.com/docs/atlas.en-us.246.0.api.meta/api/sforce_api_om_outboundmessaging_notifications.htm',
        'https://help.salesforce.com/s/articleView?id=platform.workflow_om_considerations.htm&type=5',
      ],
    },
    item: {
      level: 'official',
      sources: [
        'https://developer.salesforce.com/docs/platform/api/guide/sforce-api-om-outboundmessaging-wsdl.html',
        'https://developer.salesforce.com/docs/atlas.en-us.246.0.api.meta/api/sforce_api_om_outboundmessaging_notifications.htm',
      ],
    },
    settings: { level: 'unverified', sources: [] },
  },
});
