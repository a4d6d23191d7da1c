"""The names that the ontology has and borrows.

Invariant: generated from ontology/legation.ttl by ``make vocabulary``, never edited.
"""

KINDS = """
anon artefact article body claim content event instrument numbering office omission
participation person place plan report series state statement tenure
"""

DCTERMS = """
created creator description identifier isReplacedBy language license publisher source title
"""

LEG = """
AccreditationAct Accusation Act Agent Agreement Aid Announcement ArmedConflict Artefact Article
Attribution Banquet Basis Body Ceasefire Claim Commemoration Communication Completeness Concern
Condemnation Content Cooperation Correspondence Demand Denial Deployment DiplomaticAct Document
Event Exercise Founding Gathering Gift Group Honour ImmunityAct Incident Instrument
InstrumentAct InternationalOrganization JointDeclaration Legislature Mechanism MediaOutlet
Meeting Ministry Mission MissionAct Modality Numbering Occurrence Offer Office Omission
OmissionReason Opinion Participation Person PhoneCall Place Plan PlanStatus Pledge
PoliticalParty Polity Prediction Reception RecognitionAct Rejection RelationsAct Report Request
Sanction Series State StateMedia Statement Status Summit Support Talks Tenure Thanks Threat
Transfer Treaty Tribute Visit VisitKind Vote abstained accordingTo accreditedTo accused act
actOf actor adopted after agent agrement asserted attendee attested attribution basis bearer
before begin boilerplate borrowed bounds cancelled charEnd charStart cites closed commemorates
comment complete completeness computed condition confined conflictsWith considered content
continues contradicts counterpart datatype date deathDate declaredNonGrata demandsModality
denied denounced derived describes destination disagreesWith draft earliest end enteredIntoForce
established exchanged expelled extended extent field founded fromContext granted guestOfHonour
hedged holder host identifiedAs imposed inResponseTo initialled instrument intended iriKind item
labelled latest leansOn ledBy lifted listCompleteness living locatedIn lowered madeAt mediator
memberOf mentions metadata modality nameAsWritten naming navigation negated negotiated
noCheckableContent noLaterThan nominated nominee notValueOf numbering observer occasion ofPolity
office officeOf officialVisit onBehalfOf opened opinion ordinal origin parent partOf partial
participant participation party place planStatus planned plannedBy ploverCode postponed
predicted presence presentedCredentials published quantity quote raised ratified realizes reason
recalled receivingState recipient recognized refused registered repetition replaces reported
resolved restored restsOn role sanctioned seats sender sendingState sequence series severed
signatory signed singleValued speaker spouse stateVisit stated status structural subBodyOf
supplied suspended target teaser tellsOf text textSha256 titleAsWritten topic transitVisit unit
unknown verbatim visitKind visitor votedAgainst votedFor waived withdrawn withheld workingVisit
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
