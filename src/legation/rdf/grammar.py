"""The names that the ontology has and borrows.

Invariant: generated from ontology/legation.ttl by ``make vocabulary``, never edited.
"""

KINDS = """
anon article body claim content event instrument office omission participation person place plan
report state statement tenure
"""

DCTERMS = """
created creator description identifier language license publisher source title
"""

LEG = """
AccreditationAct Accusation Act ActionPlan Agent Agreement Aid Announcement ArmedConflict
Article Attribution Banquet Basis Body Ceasefire Claim Commemoration Communication Communique
Completeness Condemnation Condolence Congratulation Content Cooperation Correspondence Demand
Denial Deployment DiplomaticAct Document Event Exchange Founding Gathering Gift Group Honour
ImmunityAct Incident Institute Instrument InstrumentAct InternationalOrganization Invitation
JointDeclaration Legislature MediaOutlet Meeting Memorandum Ministry Mission MissionAct Modality
Office Omission OmissionReason Opinion Participation Person PhoneCall Place Plan PlanStatus
Pledge PoliticalParty Polity Prediction ProtestNote Protocol Reception RecognitionAct
RelationsAct Report Sanction State StateMedia Statement Status Summit Support Talks Tenure
Treaty Visit VisitKind accordingTo accreditedTo act actOf actor addressee adopted agent agrement
asserted attendee attested attribution basis bearer begin beneficiary boilerplate borrowed
bounds cancelled charEnd charStart closed commemorates comment complete completeness computed
conflictsWith content continues contradicts counterpart createdBy date deathDate
declaredNonGrata demandsModality denied denounced derived describes destination disagreesWith
draft earliest end enteredIntoForce established exchanged expelled extended extent fromContext
granted guestOfHonour holder host identifiedAs inResponseTo initialled instrument intended
iriKind labelled latest leansOn listCompleteness listPosition living locatedIn lowered madeAt
mediator memberOf mentions metadata modality nameAsWritten naming navigation negated negotiated
noCheckableContent noLaterThan nominated nominee notValueOf occasion ofPolity office officeOf
officialVisit onBehalfOf opened opinion ordinal origin parent partOf partial participant
participation party place planStatus planned plannedBy ploverCode postponed predicted presence
presentedCredentials published quote raised ratified realizes reason recalled recipient refused
registered repetition reported resolved restored role seats sender sequence severed signatory
signed singleValued speaker stateVisit stated status structural supplied suspended target teaser
tellsOf text textSha256 titleAsWritten topic transitVisit unknown verbatim visitKind visitor
withdrawn witness workingVisit
"""

PROV = """
Activity wasDerivedFrom wasGeneratedBy wasQuotedFrom
"""

SCHEMA = """
sameAs
"""

SKOS = """
altLabel changeNote definition editorialNote example hiddenLabel historyNote note scopeNote
"""
