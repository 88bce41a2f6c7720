// Sentences of the set-up window.
import { countOf } from '../../design/formats.ts';

export const setUp = {
  title: 'Set up',
  steps: { setUp: 'Set up', inboundWebhook: 'Inbound Webhook', viewData: 'View Data' },
  url: 'Webhook URL',
  copy: 'Copy',
  reach: {
    noTunnel:
      'This address can be reached from this computer only. Start the tunnel to give it a public one.',
    computer:
      'The tunnel works, but its address leads to this computer itself: it can be reached from this computer only.',
    network:
      'The tunnel works, but its address is one of this network: applications on the internet cannot call it.',
    internet: 'This address can be reached from the internet, through the tunnel.',
  },
  startTunnel: 'Start the tunnel',
  stopTunnel: 'Stop the tunnel',
  inApplication: (name: string) => `In ${name}`,
  inAnyApplication: 'In your application',
  customSteps: [
    'Find where it sends webhooks, callbacks or notifications.',
    'Paste the webhook URL there. The method is POST; no authentication header is needed.',
    'Send JSON (an object or a list of objects), XML or a form.',
    'Make one call. It shows here the moment it arrives.',
  ],
  instructionsNotRead: 'The instructions could not be read',
  waiting: 'Waiting for the first call',
  waitingWords: 'Each call shows here the moment it arrives.',
  tryWords: 'To try it without the application, run this in a terminal or send a test.',
  tryCheckedWords:
    'Calls are checked, so a call of your own must be signed. A test is signed with the secret.',
  copyCurl: 'Copy the curl line',
  testConnection: 'Connection that is called',
  sendTest: 'Send a test',
  testAnswered: (status: number) => `Sent; answered ${status}`,
  testNotSent: 'The test was not sent',
  callsNotRead: 'The calls could not be read',
  arrived: (count: number) => `${countOf(count, 'call', 'calls')} received`,
  arrivedList: 'Received calls',
  didIt: 'I did it',
  footWords: {
    usable: 'A call is here. Go on to the mapping.',
    nothing: 'Nothing has arrived yet.',
    handshakeOnly: 'Only a check of the URL has arrived.',
    rejected: 'What arrived was refused.',
  },
  seen: {
    nothing: {
      what: 'Nothing has arrived yet',
      why: 'No request has reached this webhook URL.',
      toDo: 'Check that the URL was pasted whole and saved there, then cause an event. Or send a test to go on now.',
    },
    localToDo:
      'The address can be reached from this computer only, so an application on the internet cannot call it: start the tunnel and paste the new address. Or send a test to go on now.',
    handshakeOnly: {
      what: 'Only a handshake has arrived',
      why: 'The application checked the URL and was answered, but it sent no data.',
      toDo: 'Cause an event there, for example by adding a record. Or send a test to go on now.',
    },
    handshakeRefused: {
      what: 'Only a handshake has arrived, and it was refused',
      why: 'The application checked the URL and did not get the answer that it wants.',
      toDo: 'Set what is missing under Verification, then let the application check the URL again. Or send a test to go on now.',
    },
    rejected: {
      what: 'What arrived was refused',
      why: 'No call that was received can be read.',
      toDo: 'Select the call to see the place of the fault. Correct it at the sender and send again, or send a test to go on now.',
    },
  },
  goOnAnyway: 'Go on without a call',
  noCalls: {
    mapping: {
      title: 'No payload to map from yet',
      about: 'The first call that can be read shows here as a tree. Paths can be typed before that.',
    },
    captures: {
      title: 'No calls yet',
      about: 'Every request that reaches the webhook URL is kept here byte for byte, with what became of it.',
    },
  },
  closeQuestion: 'Close without keeping the changes?',
  stay: 'Keep editing',
  closeAnyway: 'Close',
};
