<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>Agreement</name>
    <message>
        <source>Show them</source>
        <translation>Les voir</translation>
    </message>
    <message>
        <source>%1. Activate all the same?</source>
        <translation>%1. Activer quand même&#xa0;?</translation>
    </message>
    <message>
        <source>Writing the new version…</source>
        <translation>Écriture de la nouvelle version…</translation>
    </message>
    <message>
        <source>“%1” is a manager&apos;s decision.</source>
        <translation>«&#xa0;%1&#xa0;»&#xa0;: c’est au responsable d’en décider.</translation>
    </message>
</context>
<context>
    <name>AuditList</name>
    <message>
        <source>To check</source>
        <translation>À vérifier</translation>
    </message>
    <message>
        <source>Calls and news that need a look.</source>
        <translation>Appels et nouvelles à regarder.</translation>
    </message>
    <message>
        <source>Nothing to check.
What looks odd will stand here.</source>
        <translation>Rien à vérifier.
Ce qui paraît étrange s’affichera ici.</translation>
    </message>
    <message>
        <source>Mark as seen</source>
        <translation>Marquer comme vu</translation>
    </message>
    <message>
        <source>Booth %1</source>
        <translation>Cabine %1</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>vu</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>Booths</source>
        <translation>Cabines</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>booth</source>
        <translation>cabine</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>back</source>
        <translation>retour</translation>
    </message>
    <message>
        <source>price</source>
        <translation>prix</translation>
    </message>
    <message>
        <source>Ctrl R</source>
        <translation>Ctrl R</translation>
    </message>
    <message>
        <source>receipts</source>
        <translation>tickets</translation>
    </message>
    <message numerus="yes">
        <source>%n on a call</source>
        <translation>
            <numerusform>%n en appel</numerusform>
            <numerusform>%n en appel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be paid</source>
        <translation>
            <numerusform>%n à encaisser</numerusform>
            <numerusform>%n à encaisser</numerusform>
        </translation>
    </message>
    <message>
        <source>takings %1</source>
        <translation>recette %1</translation>
    </message>
</context>
<context>
    <name>CheckoutDialog</name>
    <message>
        <source>Check out — Booth %1</source>
        <translation>Encaisser — Cabine %1</translation>
    </message>
    <message>
        <source>Preview of the receipt</source>
        <translation>Aperçu du ticket</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Attendre</translation>
    </message>
    <message>
        <source>End the call</source>
        <translation>Couper l’appel</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Imprimer</translation>
    </message>
    <message>
        <source>Nothing was used: the booth is free again.</source>
        <translation>Rien n’a été consommé&#xa0;: la cabine est de nouveau libre.</translation>
    </message>
    <message>
        <source>Take and close</source>
        <translation>Encaisser et fermer</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>A call is still up. End it, or wait: the payment opens when it has ended.</source>
        <translation>Un appel est encore en cours. Coupez-le ou attendez&#xa0;: l’encaissement s’ouvre à la fin de l’appel.</translation>
    </message>
    <message>
        <source>Locking the booth…</source>
        <translation>Verrouillage de la cabine…</translation>
    </message>
    <message>
        <source>Waiting for the call to end; no other can be dialled.</source>
        <translation>Attente de la fin de l’appel&#xa0;; aucun autre ne peut être composé.</translation>
    </message>
    <message>
        <source>Receipt %1 goes to the printer.</source>
        <translation>Le ticket %1 part à l’imprimante.</translation>
    </message>
</context>
<context>
    <name>CheckoutReasons</name>
    <message>
        <source>Prices explained</source>
        <translation>Prix expliqués</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Expliquer</translation>
    </message>
</context>
<context>
    <name>CheckoutSums</name>
    <message>
        <source>Items (%1)</source>
        <translation>Articles (%1)</translation>
    </message>
    <message>
        <source>Calls (%1)</source>
        <translation>Appels (%1)</translation>
    </message>
    <message>
        <source>Rounding</source>
        <translation>Arrondi</translation>
    </message>
    <message>
        <source>Total due</source>
        <translation>À payer</translation>
    </message>
</context>
<context>
    <name>Choice</name>
    <message>
        <source>Unlock</source>
        <translation>Déverrouiller</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Verrouiller</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Article</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Rouvrir</translation>
    </message>
    <message>
        <source>Back into service</source>
        <translation>Remettre en service</translation>
    </message>
    <message>
        <source>Out of service</source>
        <translation>Hors service</translation>
    </message>
    <message>
        <source>Price the call</source>
        <translation>Fixer le prix</translation>
    </message>
    <message>
        <source>Check out</source>
        <translation>Encaisser</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
</context>
<context>
    <name>ColumnsPage</name>
    <message>
        <source>by hand</source>
        <translation>à la main</translation>
    </message>
    <message>
        <source>– not used –</source>
        <translation>– non utilisée –</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>Colonne %1</translation>
    </message>
    <message>
        <source>found out</source>
        <translation>reconnu</translation>
    </message>
    <message>
        <source>comma  0,35</source>
        <translation>virgule  0,35</translation>
    </message>
    <message>
        <source>point  0.35</source>
        <translation>point  0.35</translation>
    </message>
    <message>
        <source>year-month-day</source>
        <translation>année-mois-jour</translation>
    </message>
    <message>
        <source>day/month/year</source>
        <translation>jour/mois/année</translation>
    </message>
    <message>
        <source>month/day/year</source>
        <translation>mois/jour/année</translation>
    </message>
    <message>
        <source>Columns of “%1”</source>
        <translation>Colonnes de «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Say what each column is. Prefix, destination and price are needed.</source>
        <translation>Dites ce que contient chaque colonne. Préfixe, destination et prix sont nécessaires.</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Feuille</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>Séparateur</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Encodage</translation>
    </message>
    <message>
        <source>Decimal sign</source>
        <translation>Signe décimal</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>A header stands above the prices</source>
        <translation>Un en-tête précède les prix</translation>
    </message>
    <message>
        <source>Keep as template:</source>
        <translation>Garder comme modèle&#xa0;:</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Nom du modèle</translation>
    </message>
    <message>
        <source>Name of the carrier</source>
        <translation>Nom de l’opérateur</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Relire</translation>
    </message>
    <message>
        <source>Two columns are “%1”.</source>
        <translation>Deux colonnes sont «&#xa0;%1&#xa0;».</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n appel</numerusform>
            <numerusform>%n appels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counter</name>
    <message>
        <source>Choose a booth first.</source>
        <translation>Choisissez d’abord une cabine.</translation>
    </message>
    <message>
        <source>Nothing to pay: this booth is free.</source>
        <translation>Rien à payer&#xa0;: cette cabine est libre.</translation>
    </message>
    <message>
        <source>Nothing used yet. Space locks the booth.</source>
        <translation>Rien de consommé. Espace verrouille la cabine.</translation>
    </message>
    <message>
        <source>A price is explained once its call has ended.</source>
        <translation>Un prix s’explique une fois l’appel terminé.</translation>
    </message>
    <message>
        <source>%1 taken off the bill. A adds an item.</source>
        <translation>%1 retiré de la note. A ajoute un article.</translation>
    </message>
    <message>
        <source>Trying to reach the exchange…</source>
        <translation>Tentative de connexion au central…</translation>
    </message>
    <message>
        <source>To be paid first: Enter checks out, R reopens.</source>
        <translation>À encaisser d’abord&#xa0;: Entrée encaisse, R rouvre.</translation>
    </message>
    <message>
        <source>Out of service: O takes it back into service.</source>
        <translation>Hors service&#xa0;: O remet en service.</translation>
    </message>
    <message>
        <source>No call is up in this booth.</source>
        <translation>Aucun appel en cours dans cette cabine.</translation>
    </message>
    <message>
        <source>Press X again to end the call in booth %1.</source>
        <translation>Appuyez encore sur X pour couper l’appel de la cabine %1.</translation>
    </message>
    <message>
        <source>Unlock the booth first; then items can be added.</source>
        <translation>Déverrouillez d’abord la cabine pour ajouter des articles.</translation>
    </message>
    <message>
        <source>Only a booth that is to be paid can be reopened.</source>
        <translation>Seule une cabine à encaisser peut être rouverte.</translation>
    </message>
    <message>
        <source>Only a free booth can be taken out of service.</source>
        <translation>Seule une cabine libre peut être mise hors service.</translation>
    </message>
    <message>
        <source>Booth %1 is out of service. O brings it back.</source>
        <translation>La cabine %1 est hors service. O la remet en service.</translation>
    </message>
    <message>
        <source>Unlock the booth first; then its customer can be chosen.</source>
        <translation>Déverrouillez d’abord la cabine&#xa0;; on pourra ensuite choisir son client.</translation>
    </message>
    <message>
        <source>No call was cut here for want of the manager&apos;s key.</source>
        <translation>Aucun appel n’a été coupé ici faute de clé du responsable.</translation>
    </message>
    <message>
        <source>Allowed in booth %1 until the customer pays: dial again.</source>
        <translation>Autorisé en cabine %1 jusqu’à l’encaissement&#xa0;: recomposez.</translation>
    </message>
</context>
<context>
    <name>DryRun</name>
    <message>
        <source>Columns…</source>
        <translation>Colonnes…</translation>
    </message>
    <message>
        <source>Propose new prices…</source>
        <translation>Proposer les nouveaux prix…</translation>
    </message>
    <message>
        <source>Try it…</source>
        <translation>Essayer…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Ce qui changerait</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Destination, prefix</source>
        <translation>Destination, préfixe</translation>
    </message>
    <message>
        <source>Nothing is written before you agree. The current version stays available: “Undo import” in one click.</source>
        <translation>Rien n’est écrit avant votre accord. La version actuelle reste disponible&#xa0;: «&#xa0;Revenir à la version d’avant&#xa0;» en un geste.</translation>
    </message>
    <message>
        <source>Import “%1”</source>
        <translation>Importer «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>New prices for “%1”</source>
        <translation>Nouveaux prix pour «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>not understood: %1</source>
        <translation>non compris&#xa0;: %1</translation>
    </message>
    <message>
        <source>converted to %1</source>
        <translation>convertis en %1</translation>
    </message>
    <message>
        <source>%1 unchanged</source>
        <translation>%1 inchangés</translation>
    </message>
    <message>
        <source>effective on %1</source>
        <translation>effectif le %1</translation>
    </message>
    <message>
        <source>effective at once</source>
        <translation>effectif tout de suite</translation>
    </message>
    <message>
        <source>decimal sign “%1”</source>
        <translation>signe décimal «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>%1 columns recognised</source>
        <translation>%1 colonnes reconnues</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>tabulation</translation>
    </message>
    <message>
        <source>separator “%1”</source>
        <translation>séparateur «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>day/month/year</source>
        <translation>jour/mois/année</translation>
    </message>
    <message>
        <source>month/day/year</source>
        <translation>mois/jour/année</translation>
    </message>
    <message>
        <source>year-month-day</source>
        <translation>année-mois-jour</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>Tout %1</translation>
    </message>
    <message>
        <source>▲ dearer %1</source>
        <translation>▲ plus chers %1</translation>
    </message>
    <message>
        <source>▼ cheaper %1</source>
        <translation>▼ moins chers %1</translation>
    </message>
    <message>
        <source>+ new %1</source>
        <translation>+ nouveaux %1</translation>
    </message>
    <message>
        <source>− dropped %1</source>
        <translation>− disparus %1</translation>
    </message>
    <message>
        <source>other terms %1</source>
        <translation>autres conditions %1</translation>
    </message>
    <message>
        <source>sold at a loss %1</source>
        <translation>vendus à perte %1</translation>
    </message>
    <message>
        <source>under the guard %1</source>
        <translation>sous la garde %1</translation>
    </message>
    <message>
        <source>to check %1</source>
        <translation>à vérifier %1</translation>
    </message>
    <message>
        <source>refused %1</source>
        <translation>refusés %1</translation>
    </message>
    <message>
        <source>Activate now</source>
        <translation>Activer maintenant</translation>
    </message>
    <message>
        <source>Activate on %1 at %2</source>
        <translation>Activer le %1 à %2</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>This booth is in use.</source>
        <translation>Cette cabine est occupée.</translation>
    </message>
    <message>
        <source>There is no such booth.</source>
        <translation>Cette cabine n’existe pas.</translation>
    </message>
    <message>
        <source>This booth is not free.</source>
        <translation>Cette cabine n’est pas libre.</translation>
    </message>
    <message>
        <source>This booth is not unlocked.</source>
        <translation>Cette cabine n’est pas déverrouillée.</translation>
    </message>
    <message>
        <source>This session is closed already.</source>
        <translation>Cette session est déjà close.</translation>
    </message>
    <message>
        <source>Lock the booth first, then take the money.</source>
        <translation>Verrouillez d’abord la cabine, puis encaissez.</translation>
    </message>
    <message>
        <source>A call is still up. End the call, or wait.</source>
        <translation>Un appel est encore en cours. Coupez-le ou attendez.</translation>
    </message>
    <message>
        <source>A call has no price yet. A manager must price it first.</source>
        <translation>Un appel n’a pas encore de prix. Un responsable doit d’abord le fixer.</translation>
    </message>
    <message>
        <source>The amount has changed meanwhile. Look at it and confirm again.</source>
        <translation>Le montant a changé entre-temps. Vérifiez-le et confirmez à nouveau.</translation>
    </message>
    <message>
        <source>This is less than what is to be paid.</source>
        <translation>C’est moins que le montant à payer.</translation>
    </message>
    <message>
        <source>This is more than 1000 above what is to be paid. Check the amount.</source>
        <translation>C’est plus de 1000 au-dessus du montant dû. Vérifiez le montant.</translation>
    </message>
    <message>
        <source>Only a manager may do this.</source>
        <translation>Réservé à un responsable.</translation>
    </message>
    <message>
        <source>Wrong PIN.</source>
        <translation>Code PIN erroné.</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Try again in {seconds} s.</source>
        <translation>Trop de codes erronés. Réessayez dans {seconds} s.</translation>
    </message>
    <message>
        <source>This PIN is too easy to guess. Take another one.</source>
        <translation>Ce code est trop facile à deviner. Prenez-en un autre.</translation>
    </message>
    <message>
        <source>No manager&apos;s PIN is set yet. Set it in the menu.</source>
        <translation>Aucun code responsable n’est défini. Définissez-le dans le menu.</translation>
    </message>
    <message>
        <source>This amount cannot be used.</source>
        <translation>Ce montant n’est pas utilisable.</translation>
    </message>
    <message>
        <source>Write what it is for.</source>
        <translation>Indiquez de quoi il s’agit.</translation>
    </message>
    <message>
        <source>There is nothing to pay.</source>
        <translation>Il n’y a rien à payer.</translation>
    </message>
    <message>
        <source>There is no receipt of this number.</source>
        <translation>Aucun ticket ne porte ce numéro.</translation>
    </message>
    <message>
        <source>This paper is no longer waiting.</source>
        <translation>Cette impression n’est plus en attente.</translation>
    </message>
    <message>
        <source>This paper cannot be printed again here.</source>
        <translation>Cette impression ne peut pas être relancée ici.</translation>
    </message>
    <message>
        <source>No printer is set up. Save the receipt as PDF.</source>
        <translation>Aucune imprimante configurée. Enregistrez le ticket en PDF.</translation>
    </message>
    <message>
        <source>There is no such exchange.</source>
        <translation>Ce central n’existe pas.</translation>
    </message>
    <message>
        <source>The exchange did not end the call. Try again.</source>
        <translation>Le central n’a pas coupé l’appel. Réessayez.</translation>
    </message>
    <message>
        <source>No call is up in this booth.</source>
        <translation>Aucun appel en cours dans cette cabine.</translation>
    </message>
    <message>
        <source>This call is not known.</source>
        <translation>Cet appel est inconnu.</translation>
    </message>
    <message>
        <source>This call has its price already.</source>
        <translation>Cet appel a déjà son prix.</translation>
    </message>
    <message>
        <source>This item is not on the bill.</source>
        <translation>Cet article n’est pas sur la note.</translation>
    </message>
    <message>
        <source>No money can be taken now: payments could not be kept safely.</source>
        <translation>Encaissement impossible&#xa0;: les paiements ne pourraient pas être gardés en sûreté.</translation>
    </message>
    <message>
        <source>This could not be saved. Nothing was changed; try again.</source>
        <translation>Enregistrement impossible. Rien n’a changé&#xa0;; réessayez.</translation>
    </message>
    <message>
        <source>This till is not known.</source>
        <translation>Cette caisse est inconnue.</translation>
    </message>
    <message>
        <source>This operator is not known.</source>
        <translation>Cet opérateur est inconnu.</translation>
    </message>
    <message>
        <source>The program is closing.</source>
        <translation>Le programme se ferme.</translation>
    </message>
    <message>
        <source>The counter is busy. Nothing was changed; try again.</source>
        <translation>Le comptoir est occupé. Rien n’a changé&#xa0;; réessayez.</translation>
    </message>
    <message>
        <source>The PDF could not be written. Try another folder.</source>
        <translation>Le PDF n’a pas pu être écrit. Essayez un autre dossier.</translation>
    </message>
    <message>
        <source>This booth is out of service.</source>
        <translation>Cette cabine est hors service.</translation>
    </message>
    <message>
        <source>This entry is no longer in the list.</source>
        <translation>Cette entrée n’est plus dans la liste.</translation>
    </message>
    <message>
        <source>This call has no price yet: it is up, or waits for a manager.</source>
        <translation>Cet appel n’a pas encore de prix&#xa0;: il est en cours, ou attend un responsable.</translation>
    </message>
    <message>
        <source>A member&apos;s number is 1 to 20 letters, digits and hyphens.</source>
        <translation>Un numéro de membre compte 1 à 20 lettres, chiffres et tirets.</translation>
    </message>
    <message>
        <source>A name is 1 to 80 signs.</source>
        <translation>Un nom compte 1 à 80 signes.</translation>
    </message>
    <message>
        <source>A discount is 0 to 100 %.</source>
        <translation>Une remise va de 0 à 100 %.</translation>
    </message>
    <message>
        <source>There is no member {member}.</source>
        <translation>Il n’y a pas de membre {member}.</translation>
    </message>
    <message>
        <source>Another version came into force meanwhile. Read the file again to compare it with that.</source>
        <translation>Une autre version est entrée en vigueur entre-temps. Relisez le fichier pour le comparer avec elle.</translation>
    </message>
    <message>
        <source>This date is past. A tariff starts now or later.</source>
        <translation>Cette date est passée. Un tarif commence maintenant ou plus tard.</translation>
    </message>
    <message>
        <source>This tariff was accepted already, or is no longer there.</source>
        <translation>Ce tarif a déjà été accepté, ou n’existe plus.</translation>
    </message>
    <message>
        <source>This tariff is not in use, or was taken back already.</source>
        <translation>Ce tarif n’est pas en vigueur, ou a déjà été retiré.</translation>
    </message>
    <message>
        <source>The exchange is away. Try again when it is back.</source>
        <translation>Le central est absent. Réessayez à son retour.</translation>
    </message>
    <message>
        <source>Something went wrong inside. Nothing was changed.</source>
        <translation>Une erreur interne s’est produite. Rien n’a changé.</translation>
    </message>
    <message>
        <source>The exchange cannot be reached.</source>
        <translation>Le central est injoignable.</translation>
    </message>
    <message>
        <source>The exchange refuses name or password.</source>
        <translation>Le central refuse le nom ou le mot de passe.</translation>
    </message>
    <message>
        <source>The exchange denies us a right we need.</source>
        <translation>Le central nous refuse un droit nécessaire.</translation>
    </message>
    <message>
        <source>The exchange has fallen silent.</source>
        <translation>Le central ne dit plus rien.</translation>
    </message>
    <message>
        <source>Something else answers at this address.</source>
        <translation>Autre chose répond à cette adresse.</translation>
    </message>
    <message>
        <source>The line to the exchange broke.</source>
        <translation>La liaison avec le central est coupée.</translation>
    </message>
    <message>
        <source>The printer cannot be reached.</source>
        <translation>L’imprimante est injoignable.</translation>
    </message>
    <message>
        <source>The printer is out of paper.</source>
        <translation>L’imprimante n’a plus de papier.</translation>
    </message>
    <message>
        <source>The paper is nearly used up.</source>
        <translation>Le papier est presque épuisé.</translation>
    </message>
    <message>
        <source>The printer&apos;s cover is open.</source>
        <translation>Le capot de l’imprimante est ouvert.</translation>
    </message>
    <message>
        <source>The printer is switched to offline.</source>
        <translation>L’imprimante est hors ligne.</translation>
    </message>
    <message>
        <source>The printer does not answer.</source>
        <translation>L’imprimante ne répond pas.</translation>
    </message>
    <message>
        <source>The line to the printer broke.</source>
        <translation>La liaison avec l’imprimante est coupée.</translation>
    </message>
    <message>
        <source>The paper cutter is stuck.</source>
        <translation>Le massicot est bloqué.</translation>
    </message>
    <message>
        <source>The printer reports a fault.</source>
        <translation>L’imprimante signale une erreur.</translation>
    </message>
    <message>
        <source>The exchange does not answer.</source>
        <translation>Le central ne répond pas.</translation>
    </message>
    <message>
        <source>Somebody else uses this login of the exchange.</source>
        <translation>Quelqu’un d’autre utilise ce compte du central.</translation>
    </message>
    <message>
        <source>The exchange did not take the login.</source>
        <translation>Le central n’a pas accepté la connexion.</translation>
    </message>
    <message>
        <source>The exchange reports a fault.</source>
        <translation>Le central signale une erreur.</translation>
    </message>
    <message>
        <source>The exchange did not finish its list.</source>
        <translation>Le central n’a pas terminé sa liste.</translation>
    </message>
    <message>
        <source>The settings of this exchange cannot be used.</source>
        <translation>Les réglages de ce central sont inutilisables.</translation>
    </message>
    <message>
        <source>The exchange did not keep the lock.</source>
        <translation>Le central n’a pas gardé le verrou.</translation>
    </message>
    <message>
        <source>The line is closed.</source>
        <translation>La liaison est fermée.</translation>
    </message>
    <message>
        <source>The line stopped on a fault of ours; it starts again.</source>
        <translation>La liaison s’est arrêtée sur une erreur interne&#xa0;; elle redémarre.</translation>
    </message>
    <message>
        <source>The printer&apos;s name is not known in the network.</source>
        <translation>Le nom de l’imprimante est inconnu du réseau.</translation>
    </message>
    <message>
        <source>Nothing at the printer&apos;s address takes jobs.</source>
        <translation>Rien n’accepte d’impression à cette adresse.</translation>
    </message>
    <message>
        <source>The printer takes no more data.</source>
        <translation>L’imprimante ne prend plus de données.</translation>
    </message>
    <message>
        <source>The printer did not confirm the paper.</source>
        <translation>L’imprimante n’a pas confirmé le papier.</translation>
    </message>
    <message>
        <source>The printer is too hot and is cooling down.</source>
        <translation>L’imprimante est trop chaude et refroidit.</translation>
    </message>
    <message>
        <source>The printer works, but tells nothing of itself.</source>
        <translation>L’imprimante marche, mais ne dit rien de son état.</translation>
    </message>
    <message>
        <source>The program was closed before printing.</source>
        <translation>Le programme a été fermé avant l’impression.</translation>
    </message>
    <message>
        <source>The sale was not yet kept; nothing was printed.</source>
        <translation>La vente n’était pas encore gardée&#xa0;; rien n’a été imprimé.</translation>
    </message>
    <message>
        <source>This receipt cannot be put on paper. Save it as PDF.</source>
        <translation>Ce ticket ne peut pas être imprimé. Enregistrez-le en PDF.</translation>
    </message>
    <message>
        <source>Printing stopped on a fault of ours.</source>
        <translation>L’impression s’est arrêtée sur une erreur interne.</translation>
    </message>
    <message>
        <source>The program was closed while printing.</source>
        <translation>Le programme a été fermé pendant l’impression.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Le disque est plein.</translation>
    </message>
    <message>
        <source>The database cannot be written.</source>
        <translation>La base de données ne peut plus être écrite.</translation>
    </message>
    <message>
        <source>The books do not agree.</source>
        <translation>Les comptes ne concordent pas.</translation>
    </message>
    <message>
        <source>The folder does not exist.</source>
        <translation>Le dossier n’existe pas.</translation>
    </message>
    <message>
        <source>The folder cannot be written to.</source>
        <translation>Le dossier est protégé en écriture.</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>Le fichier n’a pas pu être écrit.</translation>
    </message>
    <message>
        <source>Making the PDF stopped on a fault of ours.</source>
        <translation>La création du PDF s’est arrêtée sur une erreur interne.</translation>
    </message>
    <message>
        <source>Emergency call</source>
        <translation>Appel d’urgence</translation>
    </message>
    <message>
        <source>Call to a free number</source>
        <translation>Appel vers un numéro gratuit</translation>
    </message>
    <message>
        <source>Call without a session</source>
        <translation>Appel sans session</translation>
    </message>
    <message>
        <source>Call without a price</source>
        <translation>Appel sans prix</translation>
    </message>
    <message>
        <source>The exchange&apos;s record says otherwise</source>
        <translation>Le relevé du central dit autre chose</translation>
    </message>
    <message>
        <source>Unreadable news from the exchange</source>
        <translation>Nouvelles illisibles du central</translation>
    </message>
    <message>
        <source>Sold below cost</source>
        <translation>Vendu à perte</translation>
    </message>
    <message>
        <source>Call cut: forbidden destination</source>
        <translation>Appel coupé&#xa0;: destination interdite</translation>
    </message>
    <message>
        <source>Call cut: it needed the manager&apos;s key</source>
        <translation>Appel coupé&#xa0;: il fallait la clé du responsable</translation>
    </message>
    <message>
        <source>This did not work. Nothing was changed.</source>
        <translation>Cela n’a pas marché. Rien n’a changé.</translation>
    </message>
    <message>
        <source>The exchange is away.</source>
        <translation>Le central est absent.</translation>
    </message>
    <message>
        <source>Call of a session that is not known</source>
        <translation>Appel d’une session inconnue</translation>
    </message>
    <message>
        <source>Call claimed by two sessions</source>
        <translation>Appel réclamé par deux sessions</translation>
    </message>
    <message>
        <source>Call from a phone that is no booth</source>
        <translation>Appel d’un poste qui n’est pas une cabine</translation>
    </message>
    <message>
        <source>The end of a call was not seen</source>
        <translation>La fin d’un appel n’a pas été vue</translation>
    </message>
    <message>
        <source>The exchange&apos;s record came after the payment</source>
        <translation>Le relevé du central est arrivé après le paiement</translation>
    </message>
    <message>
        <source>News of a call that is not known</source>
        <translation>Nouvelle d’un appel inconnu</translation>
    </message>
    <message>
        <source>A call began twice, differently</source>
        <translation>Un appel a commencé deux fois, différemment</translation>
    </message>
    <message>
        <source>An answer outside of its call</source>
        <translation>Une réponse hors de son appel</translation>
    </message>
    <message>
        <source>An answer after the final record</source>
        <translation>Une réponse après le relevé final</translation>
    </message>
    <message>
        <source>A call that ended before it began</source>
        <translation>Un appel fini avant d’avoir commencé</translation>
    </message>
    <message>
        <source>A call refused after its answer</source>
        <translation>Un appel refusé après sa réponse</translation>
    </message>
    <message>
        <source>A call seen alive after its end</source>
        <translation>Un appel vu en cours après sa fin</translation>
    </message>
    <message>
        <source>A record that cannot be true</source>
        <translation>Un relevé impossible</translation>
    </message>
    <message>
        <source>The exchange&apos;s record has no answer</source>
        <translation>Le relevé du central n’a pas de réponse</translation>
    </message>
    <message>
        <source>The exchange did not end a call</source>
        <translation>Le central n’a pas coupé un appel</translation>
    </message>
    <message>
        <source>A check of the books failed</source>
        <translation>Un contrôle des comptes a échoué</translation>
    </message>
    <message>
        <source>The printer has trouble.</source>
        <translation>L’imprimante a un problème.</translation>
    </message>
    <message>
        <source>Something to look at</source>
        <translation>Quelque chose à regarder</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Connecté.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Reading what went on meanwhile…</source>
        <translation>Lecture de ce qui s’est passé entre-temps…</translation>
    </message>
    <message>
        <source>No printer is set up.</source>
        <translation>Aucune imprimante configurée.</translation>
    </message>
    <message>
        <source>The printer has not been asked yet.</source>
        <translation>L’imprimante n’a pas encore été interrogée.</translation>
    </message>
    <message>
        <source>The printer is ready.</source>
        <translation>L’imprimante est prête.</translation>
    </message>
    <message>
        <source>The printer is printing.</source>
        <translation>L’imprimante imprime.</translation>
    </message>
</context>
<context>
    <name>Explain</name>
    <message>
        <source>It rang for {seconds}.</source>
        <translation>A sonné pendant {seconds}.</translation>
    </message>
    <message>
        <source>Answered at {clock}.</source>
        <translation>Décroché à {clock}.</translation>
    </message>
    <message>
        <source>Nobody answered: there is nothing to pay.</source>
        <translation>Sans réponse&#xa0;: rien à payer.</translation>
    </message>
    <message>
        <source>Talked for {talked}.</source>
        <translation>Conversation de {talked}.</translation>
    </message>
    <message>
        <source>The end was not seen: this time is an estimate.</source>
        <translation>La fin n’a pas été vue&#xa0;: cette durée est estimée.</translation>
    </message>
    <message>
        <source>Emergency and free numbers cost nothing.</source>
        <translation>Les numéros d’urgence et gratuits ne coûtent rien.</translation>
    </message>
    <message>
        <source>{destination} (+{prefix}): {price} a minute.</source>
        <translation>{destination} (+{prefix})&#xa0;: {price} la minute.</translation>
    </message>
    <message>
        <source>By the tariff, version {version}.</source>
        <translation>Selon le tarif, version {version}.</translation>
    </message>
    <message>
        <source>{seconds} is too short to be charged.</source>
        <translation>{seconds}&#xa0;: trop court pour être facturé.</translation>
    </message>
    <message>
        <source>Free of charge: {seconds}.</source>
        <translation>Gratuit&#xa0;: {seconds}.</translation>
    </message>
    <message>
        <source>Connection fee: {amount}.</source>
        <translation>Frais de connexion&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>First {increment} s at {price} a minute: {amount}.</source>
        <translation>Première tranche ({increment} s) à {price} la minute&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>Then {count} × {increment} s at {price} a minute: {amount}.</source>
        <translation>Puis {count} × {increment} s à {price} la minute&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>{billed} at {price} a minute: {amount}.</source>
        <translation>{billed} à {price} la minute&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>Surcharge: {amount}.</source>
        <translation>Supplément&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>Added up to the minimum charge: {amount}.</source>
        <translation>Ajouté pour atteindre le minimum&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>Taken off above the ceiling: {amount}.</source>
        <translation>Déduit au-delà du plafond&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>Discount of {percent}: {amount}.</source>
        <translation>Remise de {percent}&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>Tax added: {amount}.</source>
        <translation>Taxe ajoutée&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>A manager set {price} a minute; {billed}: {amount}.</source>
        <translation>Prix fixé par un responsable&#xa0;: {price} la minute&#xa0;; {billed}&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>Rounding: {amount}.</source>
        <translation>Arrondi&#xa0;: {amount}.</translation>
    </message>
    <message>
        <source>{seconds} talked, {billed} charged.</source>
        <translation>{seconds} de conversation, {billed} facturées.</translation>
    </message>
    <message>
        <source>The call costs {total}.</source>
        <translation>L’appel coûte {total}.</translation>
    </message>
    <message>
        <source>By the tariff “{name}”, version {version}.</source>
        <translation>Selon le tarif «&#xa0;{name}&#xa0;», version {version}.</translation>
    </message>
    <message>
        <source>Time band “{band}”.</source>
        <translation>Plage horaire «&#xa0;{band}&#xa0;».</translation>
    </message>
</context>
<context>
    <name>ExplainSheet</name>
    <message>
        <source>Why this price</source>
        <translation>Pourquoi ce prix</translation>
    </message>
    <message>
        <source>Reasons of the price</source>
        <translation>Raisons du prix</translation>
    </message>
    <message>
        <source>Previous call</source>
        <translation>Appel précédent</translation>
    </message>
    <message>
        <source>Next call</source>
        <translation>Appel suivant</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Copier en JSON</translation>
    </message>
    <message>
        <source>Copied: paste it where you need it.</source>
        <translation>Copié&#xa0;: collez-le où il faut.</translation>
    </message>
</context>
<context>
    <name>ExtraDialog</name>
    <message>
        <source>Add an item — Booth %1</source>
        <translation>Ajouter un article — Cabine %1</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Désignation</translation>
    </message>
    <message>
        <source>e.g. photocopies</source>
        <translation>ex. photocopies</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Quantité</translation>
    </message>
    <message>
        <source>Amount for all</source>
        <translation>Montant total</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
</context>
<context>
    <name>FileChooser</name>
    <message>
        <source>Folder:</source>
        <translation>Dossier&#xa0;:</translation>
    </message>
    <message>
        <source>File name:</source>
        <translation>Nom du fichier&#xa0;:</translation>
    </message>
    <message>
        <source>Kind of file:</source>
        <translation>Type de fichier&#xa0;:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
</context>
<context>
    <name>FileForm</name>
    <message>
        <source>Import a price file</source>
        <translation>Importer un fichier de prix</translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation>Qu’est-ce que c’est&#xa0;?</translation>
    </message>
    <message>
        <source>Does it name everything?</source>
        <translation>Est-il complet&#xa0;?</translation>
    </message>
    <message>
        <source>From when?</source>
        <translation>À partir de quand&#xa0;?</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Devise</translation>
    </message>
    <message>
        <source>Our prices: what customers pay in the shop</source>
        <translation>Nos prix&#xa0;: ce que paient les clients de la boutique</translation>
    </message>
    <message>
        <source>Other prices of ours, such as VIP:</source>
        <translation>D’autres prix à nous, par exemple VIP&#xa0;:</translation>
    </message>
    <message>
        <source>Costs: what a carrier asks of us:</source>
        <translation>Des coûts&#xa0;: ce qu’un opérateur nous demande&#xa0;:</translation>
    </message>
    <message>
        <source>Name of the other tariff</source>
        <translation>Nom de l’autre tarif</translation>
    </message>
    <message>
        <source>Name of the carrier</source>
        <translation>Nom de l’opérateur</translation>
    </message>
    <message>
        <source>e.g. vip</source>
        <translation>p. ex. vip</translation>
    </message>
    <message>
        <source>Full deck: what it does not name is dropped</source>
        <translation>Complet&#xa0;: ce qu’il ne nomme pas disparaît</translation>
    </message>
    <message>
        <source>Changes only: what it does not name stays as it is</source>
        <translation>Changements seulement&#xa0;: ce qu’il ne nomme pas reste tel quel</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>Dès maintenant</translation>
    </message>
    <message>
        <source>From a date:</source>
        <translation>À partir du&#xa0;:</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>Date et heure</translation>
    </message>
    <message>
        <source>The file is in another currency; 1 of it is worth</source>
        <translation>Le fichier est dans une autre devise, dont 1 vaut</translation>
    </message>
    <message>
        <source>What 1 of the file&apos;s currency is worth</source>
        <translation>Ce que vaut 1 de la devise du fichier</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Colonnes…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Read the file</source>
        <translation>Lire le fichier</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Drop a file here</source>
        <translation>Déposez un fichier ici</translation>
    </message>
    <message>
        <source>CSV, TSV, XLSX or XLS; nothing is written before you agree.</source>
        <translation>CSV, TSV, XLSX ou XLS&#xa0;; rien n’est écrit avant votre accord.</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>Un autre fichier…</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Ctrl+O</translation>
    </message>
    <message>
        <source>Choose a price file</source>
        <translation>Choisir un fichier de prix</translation>
    </message>
    <message>
        <source>Price files</source>
        <translation>Fichiers de prix</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>Choose a file first.</source>
        <translation>Choisissez d’abord un fichier.</translation>
    </message>
    <message>
        <source>Say what the file is.</source>
        <translation>Dites ce qu’est ce fichier.</translation>
    </message>
    <message>
        <source>Name it.</source>
        <translation>Donnez-lui un nom.</translation>
    </message>
    <message>
        <source>Say whether it names everything, or only what changes.</source>
        <translation>Dites s’il est complet, ou s’il ne nomme que ce qui change.</translation>
    </message>
    <message>
        <source>This date has passed.</source>
        <translation>Cette date est passée.</translation>
    </message>
    <message>
        <source>Say what one of the file&apos;s currency is worth.</source>
        <translation>Dites ce que vaut l’unité de la devise du fichier.</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Welcome to CallShop</source>
        <translation>Bienvenue dans CallShop</translation>
    </message>
    <message>
        <source>There is no shop here yet. An explained settings file was put into this folder. Fill it in, save it as shop.toml and start again. Or practise first, with booths and customers that are only played.</source>
        <translation>Il n’y a pas encore de boutique ici. Un fichier de réglages commenté a été placé dans ce dossier. Remplissez-le, enregistrez-le sous shop.toml et relancez. Ou exercez-vous d’abord, avec des cabines et des clients simulés.</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>Fichier de réglages</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>S’exercer</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
</context>
<context>
    <name>Gate</name>
    <message>
        <source>A manager&apos;s PIN is needed</source>
        <translation>Code responsable requis</translation>
    </message>
    <message>
        <source>Here stand costs and margins. Operators do not see them.</source>
        <translation>Ici se trouvent coûts et marges. Les opérateurs ne les voient pas.</translation>
    </message>
    <message>
        <source>No manager&apos;s PIN is set yet. Set one first: it keeps costs and margins from operators.</source>
        <translation>Aucun code responsable n’est encore défini. Définissez-le d’abord&#xa0;: il réserve les coûts et les marges.</translation>
    </message>
    <message>
        <source>Manager&apos;s PIN</source>
        <translation>Code responsable</translation>
    </message>
    <message>
        <source>Set the manager&apos;s PIN…</source>
        <translation>Définir le code responsable…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Open the tariffs</source>
        <translation>Ouvrir les tarifs</translation>
    </message>
</context>
<context>
    <name>HangUp</name>
    <message>
        <source>Emergency call! Click again to cut it</source>
        <translation>Appel d’urgence&#xa0;! Recliquez pour le couper</translation>
    </message>
    <message>
        <source>Click again to hang up</source>
        <translation>Cliquez encore pour raccrocher</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Reading “%1”…</source>
        <translation>Lecture de «&#xa0;%1&#xa0;»…</translation>
    </message>
    <message>
        <source>Kept as template “%1”.</source>
        <translation>Gardé comme modèle «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>Working out the prices…</source>
        <translation>Calcul des prix…</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Exchange %1</source>
        <translation>Central %1</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>Depuis %1</translation>
    </message>
    <message>
        <source>Clock differs by %1 s</source>
        <translation>Écart d’horloge&#xa0;: %1 s</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Something went wrong inside. Nothing of it was kept. Note %1.</source>
        <translation>Une erreur interne s’est produite. Rien n’en a été gardé. Notez %1.</translation>
    </message>
    <message>
        <source>There is no booth %1.</source>
        <translation>Il n’y a pas de cabine %1.</translation>
    </message>
</context>
<context>
    <name>MarginsPage</name>
    <message>
        <source>Comparing prices and costs…</source>
        <translation>Comparaison des prix et des coûts…</translation>
    </message>
    <message>
        <source>Margins of “%1”</source>
        <translation>Marges de «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Costs of</source>
        <translation>Coûts de</translation>
    </message>
    <message>
        <source>Carrier</source>
        <translation>Opérateur</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Destination, prefix</source>
        <translation>Destination, préfixe</translation>
    </message>
    <message>
        <source>Margins</source>
        <translation>Marges</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>Exporter en CSV…</translation>
    </message>
    <message>
        <source>Propose new prices…</source>
        <translation>Proposer les nouveaux prix…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>%1 prefixes sold · guard %2 · prices and costs without tax</source>
        <translation>%1 préfixes vendus · garde %2 · prix et coûts hors taxe</translation>
    </message>
    <message>
        <source>Nothing of this kind.</source>
        <translation>Rien de ce genre.</translation>
    </message>
    <message>
        <source>by destination</source>
        <translation>par destination</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Préfixe</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Price without tax</source>
        <translation>Prix hors taxe</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Coût</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Marge</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>Prefixes</source>
        <translation>Préfixes</translation>
    </message>
    <message>
        <source>Worst margin</source>
        <translation>Pire marge</translation>
    </message>
    <message>
        <source>Usual margin</source>
        <translation>Marge habituelle</translation>
    </message>
    <message>
        <source>No cost</source>
        <translation>Sans coût</translation>
    </message>
    <message>
        <source>Export the margins</source>
        <translation>Exporter les marges</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Enregistré sous %1.</translation>
    </message>
</context>
<context>
    <name>MarkupForm</name>
    <message>
        <source>Prices made of costs</source>
        <translation>Des prix à partir des coûts</translation>
    </message>
    <message>
        <source>From the costs of “%1”. You see the prices before anything is written.</source>
        <translation>À partir des coûts de «&#xa0;%1&#xa0;». Vous voyez les prix avant que rien ne soit écrit.</translation>
    </message>
    <message>
        <source>New prices for</source>
        <translation>Nouveaux prix pour</translation>
    </message>
    <message>
        <source>Cost ×</source>
        <translation>Coût ×</translation>
    </message>
    <message>
        <source>plus a minute (%1)</source>
        <translation>plus, par minute (%1)</translation>
    </message>
    <message>
        <source>rounded up to (%1)</source>
        <translation>arrondi au-dessus (%1)</translation>
    </message>
    <message>
        <source>Increments</source>
        <translation>Incréments</translation>
    </message>
    <message>
        <source>Which prices</source>
        <translation>Quels prix</translation>
    </message>
    <message>
        <source>pass the carrier&apos;s fee on, marked up alike</source>
        <translation>répercuter ceux de l’opérateur, majorés de même</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>tous</translation>
    </message>
    <message>
        <source>only those below cost or under the guard</source>
        <translation>seulement ceux à perte ou sous la garde</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Show the prices</source>
        <translation>Voir les prix</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>as the carrier</source>
        <translation>comme l’opérateur</translation>
    </message>
    <message>
        <source>%1 more than the cost</source>
        <translation>%1 de plus que le coût</translation>
    </message>
    <message>
        <source>%1 less than the cost</source>
        <translation>%1 de moins que le coût</translation>
    </message>
    <message>
        <source>Give a factor above zero.</source>
        <translation>Donnez un facteur supérieur à zéro.</translation>
    </message>
</context>
<context>
    <name>MemberForm</name>
    <message>
        <source>Add a member</source>
        <translation>Ajouter un membre</translation>
    </message>
    <message>
        <source>Change a member</source>
        <translation>Modifier un membre</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Discount in per cent</source>
        <translation>Remise en pour cent</translation>
    </message>
    <message>
        <source>as on the card, e.g. M-12</source>
        <translation>comme sur la carte, ex. M-12</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>No longer a member</source>
        <translation>N’est plus membre</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>%1 is kept. Open visits keep their prices.</source>
        <translation>%1 est enregistré. Les visites en cours gardent leurs prix.</translation>
    </message>
    <message>
        <source>%1 is no longer a member. Adding the number again undoes this.</source>
        <translation>%1 n’est plus membre. Ajoutez de nouveau le numéro pour revenir en arrière.</translation>
    </message>
</context>
<context>
    <name>MemberList</name>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>Member — Booth %1</source>
        <translation>Membre — Cabine %1</translation>
    </message>
    <message>
        <source>Name or number</source>
        <translation>Nom ou numéro</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Suppr</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Ajouter…</translation>
    </message>
    <message>
        <source>Ctrl N</source>
        <translation>Ctrl N</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Ctrl E</source>
        <translation>Ctrl E</translation>
    </message>
    <message>
        <source>Nobody of this name or number.</source>
        <translation>Personne de ce nom ou numéro.</translation>
    </message>
    <message>
        <source>No members yet.
Ctrl N adds the first one.</source>
        <translation>Aucun membre.
Ctrl N ajoute le premier.</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>Actuellement&#xa0;: %1</translation>
    </message>
    <message>
        <source>Calls are cheaper by the member&apos;s discount.</source>
        <translation>La remise du membre s’applique à ses appels.</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>choisi</translation>
    </message>
    <message>
        <source>%1: the calls have the member&apos;s prices.</source>
        <translation>%1&#xa0;: les appels sont au prix membre.</translation>
    </message>
    <message>
        <source>The calls have the usual prices again.</source>
        <translation>Les appels sont de nouveau au prix normal.</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Receipts…</source>
        <translation>Tickets…</translation>
    </message>
    <message>
        <source>Print queue…</source>
        <translation>File d’impression…</translation>
    </message>
    <message>
        <source>Members…</source>
        <translation>Membres…</translation>
    </message>
    <message>
        <source>To check…</source>
        <translation>À vérifier…</translation>
    </message>
    <message>
        <source>Tariffs…</source>
        <translation>Tarifs…</translation>
    </message>
    <message>
        <source>Manager&apos;s PIN…</source>
        <translation>Code responsable…</translation>
    </message>
    <message>
        <source>About</source>
        <translation>À propos</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Receipt when asked for</source>
        <translation>Ticket sur demande</translation>
    </message>
    <message>
        <source>Always a receipt</source>
        <translation>Toujours un ticket</translation>
    </message>
    <message>
        <source>No receipts on paper</source>
        <translation>Pas de ticket papier</translation>
    </message>
    <message>
        <source>CallShop Cashier %1. Free software under the MIT licence.</source>
        <translation>CallShop Cashier %1. Logiciel libre sous licence MIT.</translation>
    </message>
</context>
<context>
    <name>Owner</name>
    <message>
        <source>Shop</source>
        <translation>Boutique</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Responsable</translation>
    </message>
    <message>
        <source>1</source>
        <comment>first day of a month</comment>
        <extracomment>The first day of a month, as in “on 1 December”.</extracomment>
        <translation>1er</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>day and month</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>PaidBox</name>
    <message>
        <source>Change to give</source>
        <translation>Monnaie à rendre</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Payé</translation>
    </message>
    <message>
        <source>%1 received for %2 · receipt %3</source>
        <translation>%1 reçus pour %2 · ticket %3</translation>
    </message>
</context>
<context>
    <name>PeerNotices</name>
    <message>
        <source>No money can be taken. %1 Calls go on and are counted.</source>
        <translation>Encaissement impossible. %1 Les appels continuent et sont comptés.</translation>
    </message>
    <message>
        <source>All booth displays answer.</source>
        <translation>Tous les afficheurs répondent.</translation>
    </message>
    <message>
        <source>No answer from the display in booth %1. Billing goes on.</source>
        <translation>L’afficheur de la cabine %1 ne répond pas. La facturation continue.</translation>
    </message>
    <message>
        <source>The clocks of this computer and of the exchange differ by %1 s.</source>
        <translation>Les horloges de cet ordinateur et du central diffèrent de %1 s.</translation>
    </message>
    <message>
        <source>%1 Correct the settings, then retry. Payments still work.</source>
        <translation>%1 Corrigez les réglages, puis réessayez. L’encaissement marche toujours.</translation>
    </message>
    <message>
        <source>%1 It is tried again by itself; what is due can be paid.</source>
        <translation>%1 Nouvel essai automatique&#xa0;; ce qui est dû peut être encaissé.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>%1 Selling goes on; receipts wait.</source>
        <translation>%1 La vente continue&#xa0;; les tickets attendent.</translation>
    </message>
    <message>
        <source>Receipt %1 may not have been printed. Print a copy?</source>
        <translation>Le ticket %1 n’est peut-être pas imprimé. Imprimer une copie&#xa0;?</translation>
    </message>
    <message>
        <source>Receipt %1 was not printed.</source>
        <translation>Le ticket %1 n’a pas été imprimé.</translation>
    </message>
    <message>
        <source>Print queue</source>
        <translation>File d’impression</translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message>
        <source>A manager&apos;s PIN is needed</source>
        <translation>Code responsable requis</translation>
    </message>
    <message>
        <source>This is kept with the manager&apos;s consent.</source>
        <translation>L’accord du responsable est enregistré.</translation>
    </message>
    <message>
        <source>Manager&apos;s PIN</source>
        <translation>Code responsable</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmer</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Booth %1</source>
        <translation>Cabine %1</translation>
    </message>
    <message>
        <source>Rounding</source>
        <translation>Arrondi</translation>
    </message>
    <message>
        <source>TOTAL</source>
        <translation>TOTAL</translation>
    </message>
    <message>
        <source>of which tax %1</source>
        <translation>dont TVA %1</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Espèces</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Rendu</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Ticket</translation>
    </message>
</context>
<context>
    <name>PriceDialog</name>
    <message>
        <source>Price a call — Booth %1</source>
        <translation>Fixer un prix — Cabine %1</translation>
    </message>
    <message>
        <source>Price per minute</source>
        <translation>Prix par minute</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Manager&apos;s PIN</source>
        <translation>Code responsable</translation>
    </message>
    <message>
        <source>Free of charge</source>
        <translation>Gratuit</translation>
    </message>
    <message>
        <source>Set the price</source>
        <translation>Fixer le prix</translation>
    </message>
    <message>
        <source>A manager must confirm this with the PIN.</source>
        <translation>Un responsable doit confirmer avec son code.</translation>
    </message>
    <message>
        <source>The call has its price. Enter checks out.</source>
        <translation>L’appel a son prix. Entrée encaisse.</translation>
    </message>
</context>
<context>
    <name>PriceListPage</name>
    <message>
        <source>Price list</source>
        <translation>Liste des prix</translation>
    </message>
    <message>
        <source>From the prices in force, with what the law wants to stand beside the booths.</source>
        <translation>À partir des prix en vigueur, avec ce que la loi veut voir affiché près des cabines.</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Pour</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Forme</translation>
    </message>
    <message>
        <source>the shop</source>
        <translation>la boutique</translation>
    </message>
    <message>
        <source>Booth %1</source>
        <translation>Cabine %1</translation>
    </message>
    <message>
        <source>Poster: one page, the most important destinations</source>
        <translation>Affiche&#xa0;: une page, les destinations importantes</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Enregistrer en PDF…</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>L’ouvrir</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Save the price list</source>
        <translation>Enregistrer la liste des prix</translation>
    </message>
    <message>
        <source>prices</source>
        <translation>prix</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Écriture…</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Enregistré sous %1.</translation>
    </message>
</context>
<context>
    <name>PrintQueue</name>
    <message>
        <source>Print queue</source>
        <translation>File d’impression</translation>
    </message>
    <message>
        <source>No paper is waiting.</source>
        <translation>Aucune impression en attente.</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>Réimprimer</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Suppr</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>printing</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>not printed</source>
        <translation>non imprimé</translation>
    </message>
    <message>
        <source>may not have been printed; again prints a COPY</source>
        <translation>peut-être non imprimé&#xa0;; réimprimer donne une COPIE</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>copie</translation>
    </message>
    <message>
        <source>Receipt %1 is no longer waiting. Ctrl R prints a copy of it.</source>
        <translation>Le ticket %1 n’attend plus. Ctrl R en imprime une copie.</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>The counter goes on meanwhile. Nothing is sold by it before it is activated.</source>
        <translation>Le comptoir continue pendant ce temps. Rien n’est vendu à ces prix avant leur activation.</translation>
    </message>
    <message>
        <source>The counter goes on meanwhile. Nothing is written yet.</source>
        <translation>Le comptoir continue pendant ce temps. Rien n’est encore écrit.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>ProposalModel</name>
    <message>
        <source>Taken</source>
        <translation>Pris</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Préfixe</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Current cost</source>
        <translation>Coût actuel</translation>
    </message>
    <message>
        <source>Current price</source>
        <translation>Prix actuel</translation>
    </message>
    <message>
        <source>New cost</source>
        <translation>Nouveau coût</translation>
    </message>
    <message>
        <source>New price</source>
        <translation>Nouveau prix</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Écart</translation>
    </message>
    <message>
        <source>Your price</source>
        <translation>Votre prix</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Coût</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Marge</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>cannot be taken</source>
        <translation>ne peut être pris</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>pris</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>non pris</translation>
    </message>
</context>
<context>
    <name>QuitDialog</name>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Rester</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Lock all and quit</source>
        <translation>Tout verrouiller et quitter</translation>
    </message>
    <message>
        <source>Calls go on at the exchange. What is due stays due.</source>
        <translation>Les appels continuent au central. Ce qui est dû reste dû.</translation>
    </message>
    <message>
        <source>The desk has not answered. Booths may still be unlocked.</source>
        <translation>Le comptoir n’a pas répondu. Des cabines sont peut-être déverrouillées.</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Attendre</translation>
    </message>
    <message>
        <source>Look at the exchange before you leave.</source>
        <translation>Vérifiez le central avant de partir.</translation>
    </message>
    <message>
        <source>Locking the free booths…</source>
        <translation>Verrouillage des cabines libres…</translation>
    </message>
    <message>
        <source>Locking all booths…</source>
        <translation>Verrouillage de toutes les cabines…</translation>
    </message>
    <message>
        <source>Keep open and quit</source>
        <translation>Laisser ouvert et quitter</translation>
    </message>
    <message>
        <source>Quit anyway</source>
        <translation>Quitter quand même</translation>
    </message>
    <message>
        <source>Locking all lets a call go on, but no new one be dialled.</source>
        <translation>Tout verrouiller laisse continuer un appel, mais n’en permet pas de nouveau.</translation>
    </message>
    <message>
        <source>A call is up in booth:</source>
        <translation>Appel en cours, cabine&#xa0;:</translation>
    </message>
    <message>
        <source>Unlocked for a customer:</source>
        <translation>Déverrouillée pour un client&#xa0;:</translation>
    </message>
    <message>
        <source>To be paid:</source>
        <translation>À encaisser&#xa0;:</translation>
    </message>
    <message>
        <source>Lock not confirmed by the exchange:</source>
        <translation>Verrou non confirmé par le central&#xa0;:</translation>
    </message>
</context>
<context>
    <name>QuoteBox</name>
    <message>
        <source>Price to… e.g. “Mali”, “+223”</source>
        <translation>Prix vers… ex. «&#xa0;Mali&#xa0;», «&#xa0;+223&#xa0;»</translation>
    </message>
    <message>
        <source>Price look-up</source>
        <translation>Recherche de prix</translation>
    </message>
    <message>
        <source>Prices found</source>
        <translation>Prix trouvés</translation>
    </message>
    <message>
        <source>Talk time for</source>
        <translation>Durée pour</translation>
    </message>
    <message>
        <source>Talk time for this amount</source>
        <translation>Durée pour ce montant</translation>
    </message>
    <message>
        <source>Prices of the shop</source>
        <translation>Prix de la boutique</translation>
    </message>
    <message>
        <source>Prices in booth %1</source>
        <translation>Prix en cabine %1</translation>
    </message>
    <message>
        <source>amounts for %1</source>
        <translation>montants pour %1</translation>
    </message>
</context>
<context>
    <name>QuoteTable</name>
    <message>
        <source>No price found. Try the country or the first digits.</source>
        <translation>Aucun prix trouvé. Essayez le pays ou les premiers chiffres.</translation>
    </message>
    <message>
        <source>There are more: type on.</source>
        <translation>Il y en a d’autres&#xa0;: précisez.</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Préfixe</translation>
    </message>
    <message>
        <source>Per minute</source>
        <translation>Par minute</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>pour %1</translation>
    </message>
    <message>
        <source>Forbidden: calls are cut</source>
        <translation>Interdit&#xa0;: les appels sont coupés</translation>
    </message>
    <message>
        <source>Needs the manager&apos;s key</source>
        <translation>Clé du responsable nécessaire</translation>
    </message>
    <message>
        <source>now: %1</source>
        <translation>maintenant&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1 a call</source>
        <translation>%1 par appel</translation>
    </message>
    <message>
        <source>%1 a call, later %2</source>
        <translation>%1 par appel, puis %2</translation>
    </message>
    <message>
        <source>later %1 a call</source>
        <translation>puis %1 par appel</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>au moins %1</translation>
    </message>
    <message>
        <source>%1 s free</source>
        <translation>%1 s gratuites</translation>
    </message>
    <message>
        <source>by %1/%2 s</source>
        <translation>par %1/%2 s</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>dès %1</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>illimité</translation>
    </message>
    <message>
        <source>not a second</source>
        <translation>pas une seconde</translation>
    </message>
</context>
<context>
    <name>ReceiptList</name>
    <message>
        <source>Receipts</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>The newest first. A reprint says COPY.</source>
        <translation>Les plus récents d’abord. Une réimpression porte COPIE.</translation>
    </message>
    <message>
        <source>No receipts yet.
The first one comes with the first payment.</source>
        <translation>Pas encore de ticket.
Le premier viendra avec le premier encaissement.</translation>
    </message>
    <message>
        <source>Explain the prices on it</source>
        <translation>Y expliquer les prix</translation>
    </message>
    <message>
        <source>Print with explanation</source>
        <translation>Imprimer expliqué</translation>
    </message>
    <message>
        <source>Explained PDF…</source>
        <translation>PDF expliqué…</translation>
    </message>
    <message>
        <source>Print copy</source>
        <translation>Imprimer copie</translation>
    </message>
    <message>
        <source>Save PDF…</source>
        <translation>Enregistrer PDF…</translation>
    </message>
    <message>
        <source>cash</source>
        <translation>espèces</translation>
    </message>
    <message>
        <source>card</source>
        <translation>carte</translation>
    </message>
    <message>
        <source>Booth %1</source>
        <translation>Cabine %1</translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies)</source>
        <translation>
            <numerusform>%n copie</numerusform>
            <numerusform>%n copies</numerusform>
        </translation>
    </message>
    <message>
        <source>A copy of receipt %1 goes to the printer.</source>
        <translation>Une copie du ticket %1 part à l’imprimante.</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>Enregistrer le ticket</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Enregistré sous %1.</translation>
    </message>
</context>
<context>
    <name>SessionPanel</name>
    <message>
        <source>Calls and items</source>
        <translation>Appels et articles</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Prix</translation>
    </message>
    <message>
        <source>No booth selected</source>
        <translation>Aucune cabine choisie</translation>
    </message>
    <message>
        <source>Press F1 to F12 or type the number of a booth.</source>
        <translation>Appuyez sur F1 à F12 ou tapez le numéro d’une cabine.</translation>
    </message>
    <message>
        <source>Explain the price</source>
        <translation>Expliquer le prix</translation>
    </message>
    <message>
        <source>Member…</source>
        <translation>Membre…</translation>
    </message>
    <message>
        <source>Allow (manager)</source>
        <translation>Autoriser (responsable)</translation>
    </message>
    <message>
        <source>Booth %1 — %2</source>
        <translation>Cabine %1 — %2</translation>
    </message>
    <message>
        <source>postpaid</source>
        <translation>postpayé</translation>
    </message>
    <message>
        <source>deposit</source>
        <translation>dépôt</translation>
    </message>
    <message>
        <source>Opened %1 · %2</source>
        <translation>Ouverte %1 · %2</translation>
    </message>
    <message>
        <source>Lock confirmed by the exchange at %1</source>
        <translation>Verrou confirmé par le central à %1</translation>
    </message>
    <message>
        <source>Extension %1</source>
        <translation>Poste %1</translation>
    </message>
    <message>
        <source>This call is sold below cost.</source>
        <translation>Cet appel est vendu à perte.</translation>
    </message>
    <message>
        <source>The exchange is away: time and price are only estimated.</source>
        <translation>Le central ne répond pas&#xa0;: durée et prix ne sont qu’estimés.</translation>
    </message>
    <message>
        <source>The exchange has not confirmed the lock. %1</source>
        <translation>Le central n’a pas confirmé le verrou. %1</translation>
    </message>
    <message>
        <source>Waiting for the exchange to confirm.</source>
        <translation>En attente de la confirmation du central.</translation>
    </message>
    <message>
        <source>A call has no price: a manager must price it before payment.</source>
        <translation>Un appel n’a pas de prix&#xa0;: un responsable doit le fixer avant l’encaissement.</translation>
    </message>
    <message>
        <source>The booth&apos;s display does not answer. Billing goes on.</source>
        <translation>L’afficheur de la cabine ne répond pas. La facturation continue.</translation>
    </message>
    <message>
        <source>At %1 the call to %2 (%3) was cut: it needs the manager&apos;s key.</source>
        <translation>À %1, l’appel vers %2 (%3) a été coupé&#xa0;: il faut la clé du responsable.</translation>
    </message>
    <message>
        <source>At %1 the call to %2 (%3) was cut: this destination is forbidden.</source>
        <translation>À %1, l’appel vers %2 (%3) a été coupé&#xa0;: destination interdite.</translation>
    </message>
    <message>
        <source>No news from the exchange.
It is not known whether the customer can dial.</source>
        <translation>Aucune nouvelle du central.
On ne sait pas si le client peut composer.</translation>
    </message>
    <message>
        <source>No answered call yet.</source>
        <translation>Aucun appel abouti pour l’instant.</translation>
    </message>
    <message>
        <source>No calls yet.
The customer may dial now.</source>
        <translation>Pas encore d’appel.
Le client peut composer.</translation>
    </message>
    <message>
        <source>This booth is free.
Space unlocks it for a customer.</source>
        <translation>Cette cabine est libre.
Espace la déverrouille pour un client.</translation>
    </message>
    <message>
        <source>This booth is out of service.
O takes it back into service.</source>
        <translation>Cette cabine est hors service.
O la remet en service.</translation>
    </message>
    <message>
        <source>Nothing to show yet.</source>
        <translation>Rien à afficher pour l’instant.</translation>
    </message>
</context>
<context>
    <name>SessionSums</name>
    <message>
        <source>Tax included (%1)</source>
        <translation>Dont TVA (%1)</translation>
    </message>
    <message>
        <source>Rounding</source>
        <translation>Arrondi</translation>
    </message>
    <message>
        <source>Not answered (%1)</source>
        <translation>Sans réponse (%1)</translation>
    </message>
    <message>
        <source>Waiting for a price (%1)</source>
        <translation>En attente d’un prix (%1)</translation>
    </message>
    <message>
        <source>Total due</source>
        <translation>À payer</translation>
    </message>
</context>
<context>
    <name>SetPinDialog</name>
    <message>
        <source>Manager&apos;s PIN</source>
        <translation>Code responsable</translation>
    </message>
    <message>
        <source>Needed to price calls and for other decisions.</source>
        <translation>Nécessaire pour fixer un prix et pour d’autres décisions.</translation>
    </message>
    <message>
        <source>A manager&apos;s PIN is needed for this, and none is set yet.</source>
        <translation>Il faut pour cela un code responsable, et aucun n’est encore défini.</translation>
    </message>
    <message>
        <source>Current PIN</source>
        <translation>Code actuel</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Nouveau code</translation>
    </message>
    <message>
        <source>New PIN again</source>
        <translation>Nouveau code, encore</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Set the PIN</source>
        <translation>Définir le code</translation>
    </message>
    <message>
        <source>The new PIN must be typed twice, the same.</source>
        <translation>Le nouveau code doit être tapé deux fois à l’identique.</translation>
    </message>
    <message>
        <source>The manager&apos;s PIN is set.</source>
        <translation>Le code responsable est défini.</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Fermer (Échap)</translation>
    </message>
</context>
<context>
    <name>StartFailed</name>
    <message>
        <source>it is missing</source>
        <translation>il manque</translation>
    </message>
    <message>
        <source>it is of another kind than expected ({value})</source>
        <translation>ce n’est pas le type attendu ({value})</translation>
    </message>
    <message>
        <source>there is no such setting</source>
        <translation>ce réglage n’existe pas</translation>
    </message>
    <message>
        <source>{value} is too small or too large</source>
        <translation>{value} est trop petit ou trop grand</translation>
    </message>
    <message>
        <source>{value} cannot be chosen here</source>
        <translation>{value} n’est pas un choix possible</translation>
    </message>
    <message>
        <source>the file is not written as TOML ({value})</source>
        <translation>le fichier n’est pas écrit en TOML ({value})</translation>
    </message>
    <message>
        <source>the file cannot be read ({value})</source>
        <translation>le fichier est illisible ({value})</translation>
    </message>
    <message>
        <source>there is no time zone {value}</source>
        <translation>le fuseau horaire {value} n’existe pas</translation>
    </message>
    <message>
        <source>a currency has three capital letters, not {value}</source>
        <translation>une devise s’écrit en trois majuscules, pas {value}</translation>
    </message>
    <message>
        <source>{value} is no amount</source>
        <translation>{value} n’est pas un montant</translation>
    </message>
    <message>
        <source>an extension has letters and digits only, not {value}</source>
        <translation>un poste n’a que des lettres et des chiffres, pas {value}</translation>
    </message>
    <message>
        <source>{value} stands there twice</source>
        <translation>{value} y figure deux fois</translation>
    </message>
    <message>
        <source>there is no exchange {value}</source>
        <translation>le central {value} n’existe pas</translation>
    </message>
    <message>
        <source>there is no country {value}</source>
        <translation>il n’y a pas de pays {value}</translation>
    </message>
    <message>
        <source>the text is too long or has unreadable signs</source>
        <translation>le texte est trop long ou contient des signes illisibles</translation>
    </message>
    <message>
        <source>A setting in shop.toml cannot be used. {where}: {why}.</source>
        <translation>Un réglage de shop.toml n’est pas utilisable. {where}&#xa0;: {why}.</translation>
    </message>
    <message>
        <source>The shop&apos;s folder cannot be written to: {folder} ({detail})</source>
        <translation>Impossible d’écrire dans le dossier de la boutique&#xa0;: {folder} ({detail})</translation>
    </message>
    <message>
        <source>Another counter is open on this shop. Close it first. ({folder})</source>
        <translation>Un autre comptoir est ouvert sur cette boutique. Fermez-le d’abord. ({folder})</translation>
    </message>
    <message>
        <source>The database is damaged and was left as it is. Restore the last backup. ({detail})</source>
        <translation>La base de données est abîmée et a été laissée telle quelle. Restaurez la dernière sauvegarde. ({detail})</translation>
    </message>
    <message>
        <source>The database was written by a newer release ({revision}). Install that release.</source>
        <translation>La base de données vient d’une version plus récente ({revision}). Installez cette version.</translation>
    </message>
    <message>
        <source>Something unforeseen happened; the log file tells more. ({code})</source>
        <translation>Un imprévu s’est produit&#xa0;; le journal en dit plus. ({code})</translation>
    </message>
    <message>
        <source>The shop could not be opened</source>
        <translation>La boutique n’a pas pu être ouverte</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Confirm</source>
        <translation>Confirmer</translation>
    </message>
    <message>
        <source>Manager&apos;s PIN</source>
        <translation>Code responsable</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>Tariff</name>
    <message>
        <source>This file cannot be read: {detail}.</source>
        <translation>Ce fichier ne peut être lu&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>This file is empty.</source>
        <translation>Ce fichier est vide.</translation>
    </message>
    <message>
        <source>This file is too large for a rate deck.</source>
        <translation>Ce fichier est trop gros pour une liste de prix.</translation>
    </message>
    <message>
        <source>This file is neither a text nor a spreadsheet that can be read.</source>
        <translation>Ce fichier n’est ni un texte ni une feuille de calcul lisible.</translation>
    </message>
    <message>
        <source>No row names the columns. Say under “Columns…” which is which.</source>
        <translation>Aucune ligne ne nomme les colonnes. Dites sous «&#xa0;Colonnes…&#xa0;» ce qu’elles contiennent.</translation>
    </message>
    <message>
        <source>No column was recognised for {column}. Say under “Columns…” which it is.</source>
        <translation>Aucune colonne reconnue pour&#xa0;: {column}. Indiquez-la sous «&#xa0;Colonnes…&#xa0;».</translation>
    </message>
    <message>
        <source>Two columns could be {column}. Say under “Columns…” which one it is.</source>
        <translation>Deux colonnes possibles pour&#xa0;: {column}. Dites laquelle sous «&#xa0;Colonnes…&#xa0;».</translation>
    </message>
    <message>
        <source>No prices stand below the header.</source>
        <translation>Aucun prix sous l’en-tête.</translation>
    </message>
    <message>
        <source>This file has more than {limit} rows.</source>
        <translation>Ce fichier a plus de {limit} lignes.</translation>
    </message>
    <message>
        <source>This file has more than {limit} columns.</source>
        <translation>Ce fichier a plus de {limit} colonnes.</translation>
    </message>
    <message>
        <source>This file has more than {limit} cells.</source>
        <translation>Ce fichier a plus de {limit} cellules.</translation>
    </message>
    <message>
        <source>This file has more than {limit} prefixes.</source>
        <translation>Ce fichier a plus de {limit} préfixes.</translation>
    </message>
    <message>
        <source>A line of this file is longer than {limit} bytes: is it a rate deck?</source>
        <translation>Une ligne de ce fichier dépasse {limit} octets&#xa0;: est-ce une liste de prix&#xa0;?</translation>
    </message>
    <message>
        <source>Line {line}, {column}: {value} may be thousands or decimals. Say under “Columns…” which sign the decimals have.</source>
        <translation>Ligne {line}, {column}&#xa0;: {value} peut être des milliers ou des décimales. Indiquez le signe décimal sous «&#xa0;Colonnes…&#xa0;».</translation>
    </message>
    <message>
        <source>{column}: the comma and the point are both used for decimals: {value} in line {line}, {other} in line {other_line}.</source>
        <translation>{column}&#xa0;: virgule et point servent tous deux de signe décimal&#xa0;: {value} ligne {line}, {other} ligne {other_line}.</translation>
    </message>
    <message>
        <source>Line {line}, {column}: {value} may be day and month or month and day. Say under “Columns…” which comes first.</source>
        <translation>Ligne {line}, {column}&#xa0;: {value} peut être jour et mois ou mois et jour. Dites l’ordre sous «&#xa0;Colonnes…&#xa0;».</translation>
    </message>
    <message>
        <source>This file has prices in {value} and in {other}. Split it by currency.</source>
        <translation>Ce fichier a des prix en {value} et en {other}. Séparez-les par devise.</translation>
    </message>
    <message>
        <source>This file was changed while it was being read. Read it again.</source>
        <translation>Ce fichier a changé pendant la lecture. Relisez-le.</translation>
    </message>
    <message>
        <source>This file has a spreadsheet&apos;s name, but is none. Open it in the spreadsheet program and save it as XLSX or CSV.</source>
        <translation>Ce fichier a le nom d’une feuille de calcul, mais n’en est pas une. Ouvrez-le dans le tableur et enregistrez-le en XLSX ou CSV.</translation>
    </message>
    <message>
        <source>This spreadsheet is protected by a password. Save it without one.</source>
        <translation>Cette feuille de calcul est protégée par un mot de passe. Enregistrez-la sans.</translation>
    </message>
    <message>
        <source>This spreadsheet unpacks to far more than a rate deck holds. It was not opened.</source>
        <translation>Une fois décompressée, cette feuille de calcul dépasse de loin une liste de prix. Elle n’a pas été ouverte.</translation>
    </message>
    <message>
        <source>This spreadsheet contains what no spreadsheet program writes: {value}.</source>
        <translation>Cette feuille de calcul contient ce qu’aucun tableur n’écrit&#xa0;: {value}.</translation>
    </message>
    <message>
        <source>Several sheets look like a deck: {sheets}. Choose one under “Columns…”.</source>
        <translation>Plusieurs feuilles ressemblent à une liste de prix&#xa0;: {sheets}. Choisissez-en une sous «&#xa0;Colonnes…&#xa0;».</translation>
    </message>
    <message>
        <source>This file has no sheet named {sheet}.</source>
        <translation>Ce fichier n’a pas de feuille nommée {sheet}.</translation>
    </message>
    <message>
        <source>This file cannot be read as {encoding}. Choose another encoding.</source>
        <translation>Ce fichier ne se lit pas en {encoding}. Choisissez un autre encodage.</translation>
    </message>
    <message>
        <source>“{value}” cannot be the name of a time band.</source>
        <translation>«&#xa0;{value}&#xa0;» ne peut être le nom d’une plage horaire.</translation>
    </message>
    <message>
        <source>The time zone {zone} is not known.</source>
        <translation>Le fuseau horaire {zone} est inconnu.</translation>
    </message>
    <message>
        <source>The template {template} cannot be used: {value}.</source>
        <translation>Le modèle {template} est inutilisable&#xa0;: {value}.</translation>
    </message>
    <message>
        <source>There is no template named {template}.</source>
        <translation>Aucun modèle ne s’appelle {template}.</translation>
    </message>
    <message>
        <source>“{tariff}” is already the name of the other kind of tariff. Choose another name.</source>
        <translation>«&#xa0;{tariff}&#xa0;» est déjà le nom d’un tarif de l’autre sorte. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>This cannot be the name of a tariff. Choose another one.</source>
        <translation>Ce ne peut être le nom d’un tarif. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>There is no tariff “{tariff}” in force yet.</source>
        <translation>Aucun tarif «&#xa0;{tariff}&#xa0;» n’est encore en vigueur.</translation>
    </message>
    <message>
        <source>Other files were read meanwhile. Read this one again.</source>
        <translation>D’autres fichiers ont été lus entre-temps. Relisez celui-ci.</translation>
    </message>
    <message>
        <source>Another version came into force meanwhile. Read the file again to compare it with that.</source>
        <translation>Une autre version est entrée en vigueur entre-temps. Relisez le fichier pour le comparer avec elle.</translation>
    </message>
    <message>
        <source>Not a single price is left. A tariff needs at least one.</source>
        <translation>Il ne reste aucun prix. Il en faut au moins un.</translation>
    </message>
    <message>
        <source>This version can no longer be activated. Read the file again.</source>
        <translation>Cette version ne peut plus être activée. Relisez le fichier.</translation>
    </message>
    <message>
        <source>This date has passed meanwhile. Choose a later one, or from now on.</source>
        <translation>Cette date est passée entre-temps. Choisissez-en une autre, ou «&#xa0;dès maintenant&#xa0;».</translation>
    </message>
    <message>
        <source>This version is not in use any more.</source>
        <translation>Cette version n’est plus utilisée.</translation>
    </message>
    <message>
        <source>This file is in {found}, the shop in {shop}. Say what one {found} is worth.</source>
        <translation>Ce fichier est en {found}, la boutique en {shop}. Dites ce que vaut 1 {found}.</translation>
    </message>
    <message>
        <source>This file has prices for the time band “{band}”, which the shop does not know.</source>
        <translation>Ce fichier a des prix pour la plage «&#xa0;{band}&#xa0;», que la boutique ne connaît pas.</translation>
    </message>
    <message>
        <source>No carrier&apos;s costs are in force yet. Import a cost deck first.</source>
        <translation>Aucun coût d’opérateur n’est encore en vigueur. Importez-en d’abord.</translation>
    </message>
    <message>
        <source>The file could not be written. Try another folder: {path}</source>
        <translation>Le fichier n’a pas pu être écrit. Essayez un autre dossier&#xa0;: {path}</translation>
    </message>
    <message>
        <source>unreadable: no prefix</source>
        <translation>illisible&#xa0;: pas de préfixe</translation>
    </message>
    <message>
        <source>unreadable: no destination</source>
        <translation>illisible&#xa0;: pas de destination</translation>
    </message>
    <message>
        <source>the destination is too long</source>
        <translation>la destination est trop longue</translation>
    </message>
    <message>
        <source>unreadable: signs that cannot be shown</source>
        <translation>illisible&#xa0;: signes impossibles à afficher</translation>
    </message>
    <message>
        <source>unreadable: no country</source>
        <translation>illisible&#xa0;: pas un pays</translation>
    </message>
    <message>
        <source>unreadable: neither open nor forbidden</source>
        <translation>illisible&#xa0;: ni ouvert ni interdit</translation>
    </message>
    <message>
        <source>unreadable: neither yes nor no</source>
        <translation>illisible&#xa0;: ni oui ni non</translation>
    </message>
    <message>
        <source>unreadable: no date</source>
        <translation>illisible&#xa0;: pas une date</translation>
    </message>
    <message>
        <source>ends before it begins</source>
        <translation>finit avant de commencer</translation>
    </message>
    <message>
        <source>unreadable: no range of prefixes</source>
        <translation>illisible&#xa0;: pas une plage de préfixes</translation>
    </message>
    <message>
        <source>this range has too many prefixes</source>
        <translation>cette plage a trop de préfixes</translation>
    </message>
    <message>
        <source>unreadable: number damaged by the spreadsheet</source>
        <translation>illisible&#xa0;: nombre abîmé par le tableur</translation>
    </message>
    <message>
        <source>unreadable: prefix turned into a date</source>
        <translation>illisible&#xa0;: préfixe transformé en date</translation>
    </message>
    <message>
        <source>a date where a number belongs</source>
        <translation>une date à la place d’un nombre</translation>
    </message>
    <message>
        <source>a formula: save the values instead</source>
        <translation>une formule&#xa0;: enregistrez plutôt les valeurs</translation>
    </message>
    <message>
        <source>an error of the spreadsheet</source>
        <translation>une erreur du tableur</translation>
    </message>
    <message>
        <source>yes or no where a value belongs</source>
        <translation>oui ou non à la place d’une valeur</translation>
    </message>
    <message>
        <source>unreadable: broken signs</source>
        <translation>illisible&#xa0;: signes abîmés</translation>
    </message>
    <message>
        <source>more or fewer cells than the header</source>
        <translation>plus ou moins de cellules que l’en-tête</translation>
    </message>
    <message>
        <source>unreadable: a quotation mark is missing</source>
        <translation>illisible&#xa0;: il manque un guillemet</translation>
    </message>
    <message>
        <source>a rule this program does not have</source>
        <translation>une règle que ce programme n’a pas</translation>
    </message>
    <message>
        <source>twice in the file with two prices, first in line {other_line}</source>
        <translation>deux fois dans le fichier à deux prix, d’abord ligne {other_line}</translation>
    </message>
    <message>
        <source>unreadable: an empty cell</source>
        <translation>illisible&#xa0;: cellule vide</translation>
    </message>
    <message>
        <source>unreadable: no number</source>
        <translation>illisible&#xa0;: pas un nombre</translation>
    </message>
    <message>
        <source>more than six decimals</source>
        <translation>plus de six décimales</translation>
    </message>
    <message>
        <source>too large for a price</source>
        <translation>trop grand pour un prix</translation>
    </message>
    <message>
        <source>a price below zero</source>
        <translation>un prix négatif</translation>
    </message>
    <message>
        <source>a fee below zero</source>
        <translation>des frais négatifs</translation>
    </message>
    <message>
        <source>too large for a fee</source>
        <translation>trop grand pour des frais</translation>
    </message>
    <message>
        <source>a minimum below zero</source>
        <translation>un minimum négatif</translation>
    </message>
    <message>
        <source>too large for a minimum</source>
        <translation>trop grand pour un minimum</translation>
    </message>
    <message>
        <source>a surcharge below zero</source>
        <translation>un supplément négatif</translation>
    </message>
    <message>
        <source>too large for a surcharge</source>
        <translation>trop grand pour un supplément</translation>
    </message>
    <message>
        <source>a ceiling below zero</source>
        <translation>un plafond négatif</translation>
    </message>
    <message>
        <source>too large for a ceiling</source>
        <translation>trop grand pour un plafond</translation>
    </message>
    <message>
        <source>a first increment that cannot be</source>
        <translation>un premier incrément impossible</translation>
    </message>
    <message>
        <source>an increment that cannot be</source>
        <translation>un incrément impossible</translation>
    </message>
    <message>
        <source>free seconds that cannot be</source>
        <translation>des secondes gratuites impossibles</translation>
    </message>
    <message>
        <source>a shortest call that cannot be</source>
        <translation>une durée minimale impossible</translation>
    </message>
    <message>
        <source>more than three later prices</source>
        <translation>plus de trois prix ultérieurs</translation>
    </message>
    <message>
        <source>a later price that cannot be</source>
        <translation>un prix ultérieur impossible</translation>
    </message>
    <message>
        <source>two prices for one time band</source>
        <translation>deux prix pour une plage horaire</translation>
    </message>
    <message>
        <source>a time band the shop does not know</source>
        <translation>une plage horaire inconnue de la boutique</translation>
    </message>
    <message>
        <source>range expanded into {count} prefixes</source>
        <translation>plage dépliée en {count} préfixes</translation>
    </message>
    <message>
        <source>was a leading zero lost?</source>
        <translation>un zéro initial perdu&#xa0;?</translation>
    </message>
    <message>
        <source>prefix written as a number</source>
        <translation>préfixe écrit comme un nombre</translation>
    </message>
    <message>
        <source>leading zeros by the cell&apos;s format</source>
        <translation>zéros initiaux par le format de la cellule</translation>
    </message>
    <message>
        <source>increments read out of a text</source>
        <translation>incréments lus dans un texte</translation>
    </message>
    <message>
        <source>first and next minute at two prices</source>
        <translation>première minute et suivantes à deux prix</translation>
    </message>
    <message>
        <source>blocked by the file&apos;s status column</source>
        <translation>bloqué par la colonne d’état du fichier</translation>
    </message>
    <message>
        <source>taken out by the file&apos;s status column</source>
        <translation>retiré par la colonne d’état du fichier</translation>
    </message>
    <message>
        <source>ends where the next price begins</source>
        <translation>finit quand commence le prix suivant</translation>
    </message>
    <message>
        <source>prefix</source>
        <translation>préfixe</translation>
    </message>
    <message>
        <source>destination</source>
        <translation>destination</translation>
    </message>
    <message>
        <source>price per minute</source>
        <translation>prix par minute</translation>
    </message>
    <message>
        <source>connection fee</source>
        <translation>frais de connexion</translation>
    </message>
    <message>
        <source>first increment</source>
        <translation>premier incrément</translation>
    </message>
    <message>
        <source>next increment</source>
        <translation>incrément suivant</translation>
    </message>
    <message>
        <source>increments (60/1)</source>
        <translation>incréments (60/1)</translation>
    </message>
    <message>
        <source>free seconds</source>
        <translation>secondes gratuites</translation>
    </message>
    <message>
        <source>free when shorter than</source>
        <translation>gratuit si plus court que</translation>
    </message>
    <message>
        <source>minimum charge</source>
        <translation>montant minimum</translation>
    </message>
    <message>
        <source>surcharge after the call</source>
        <translation>supplément après l’appel</translation>
    </message>
    <message>
        <source>ceiling per call</source>
        <translation>plafond par appel</translation>
    </message>
    <message>
        <source>valid from</source>
        <translation>valable à partir du</translation>
    </message>
    <message>
        <source>valid until</source>
        <translation>valable jusqu’au</translation>
    </message>
    <message>
        <source>country</source>
        <translation>pays</translation>
    </message>
    <message>
        <source>country code</source>
        <translation>indicatif du pays</translation>
    </message>
    <message>
        <source>area codes</source>
        <translation>indicatifs régionaux</translation>
    </message>
    <message>
        <source>access</source>
        <translation>accès</translation>
    </message>
    <message>
        <source>forbidden (yes/no)</source>
        <translation>interdit (oui/non)</translation>
    </message>
    <message>
        <source>status (new, deleted…)</source>
        <translation>état (nouveau, supprimé…)</translation>
    </message>
    <message>
        <source>currency</source>
        <translation>devise</translation>
    </message>
    <message>
        <source>price of the next minutes</source>
        <translation>prix des minutes suivantes</translation>
    </message>
    <message>
        <source>later prices</source>
        <translation>prix ultérieurs</translation>
    </message>
    <message>
        <source>time bands</source>
        <translation>plages horaires</translation>
    </message>
    <message>
        <source>last day</source>
        <translation>dernier jour</translation>
    </message>
    <message>
        <source>This did not work. Nothing was changed.</source>
        <translation>Cela n’a pas marché. Rien n’a changé.</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>illisible</translation>
    </message>
    <message>
        <source>Prefix {prefix}: {reason}.</source>
        <translation>Préfixe {prefix}&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nouveau</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>disparu</translation>
    </message>
    <message>
        <source>sold at a loss</source>
        <translation>vendu à perte</translation>
    </message>
    <message>
        <source>under the guard</source>
        <translation>sous la garde</translation>
    </message>
    <message>
        <source>cost not known</source>
        <translation>coût inconnu</translation>
    </message>
    <message>
        <source>not sold</source>
        <translation>non vendu</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>en ordre</translation>
    </message>
    <message>
        <source>begins on {date}</source>
        <translation>commence le {date}</translation>
    </message>
    <message>
        <source>decimal sign forgotten?</source>
        <translation>virgule oubliée&#xa0;?</translation>
    </message>
    <message>
        <source>under the guard of {guard}</source>
        <translation>sous la garde de {guard}</translation>
    </message>
    <message>
        <source>unknown country</source>
        <translation>pays inconnu</translation>
    </message>
    <message>
        <source>will not be callable</source>
        <translation>ne pourra être appelé</translation>
    </message>
    <message>
        <source>price 0: an empty cell?</source>
        <translation>prix 0&#xa0;: cellule vide&#xa0;?</translation>
    </message>
    <message>
        <source>twice in the file, not taken</source>
        <translation>deux fois dans le fichier, non pris</translation>
    </message>
    <message>
        <source>its dates are over</source>
        <translation>ses dates sont passées</translation>
    </message>
    <message>
        <source>increments {old} → {new}</source>
        <translation>incrément {old} → {new}</translation>
    </message>
    <message>
        <source>{column}: {value} — {reason}</source>
        <translation>{column}&#xa0;: {value} — {reason}</translation>
    </message>
    <message>
        <source>was called {name}</source>
        <translation>s’appelait {name}</translation>
    </message>
    <message>
        <source>{term} changed</source>
        <translation>changé&#xa0;: {term}</translation>
    </message>
    <message>
        <source>line {line}, refused</source>
        <translation>ligne {line}, refusée</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>ligne {line}</translation>
    </message>
    <message>
        <source>propose {price}</source>
        <translation>proposer {price}</translation>
    </message>
    <message>
        <source>The shop is still opening. Try again in a moment.</source>
        <translation>La boutique s’ouvre encore. Réessayez dans un instant.</translation>
    </message>
</context>
<context>
    <name>TariffCounted</name>
    <message numerus="yes">
        <source>%1 line(s) read</source>
        <translation>
            <numerusform>%1 ligne lue</numerusform>
            <numerusform>%1 lignes lues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 prefix(es)</source>
        <translation>
            <numerusform>%1 préfixe</numerusform>
            <numerusform>%1 préfixes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 call(s)</source>
        <translation>
            <numerusform>%1 appel</numerusform>
            <numerusform>%1 appels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 prefix(es) would be sold below cost by this import</source>
        <translation>
            <numerusform>%1 préfixe serait vendu à perte par cet import</numerusform>
            <numerusform>%1 préfixes seraient vendus à perte par cet import</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are so already</source>
        <comment>prefixes sold below cost</comment>
        <translation>
            <numerusform>%1 l’est déjà</numerusform>
            <numerusform>%1 le sont déjà</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 prefix(es) are sold below cost already, without this import.</source>
        <translation>
            <numerusform>%1 préfixe est déjà vendu à perte, sans cet import.</numerusform>
            <numerusform>%1 préfixes sont déjà vendus à perte, sans cet import.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 call(s) have no price in it and are in no sum.</source>
        <translation>
            <numerusform>%1 appel n’y a pas de prix et n’est dans aucune somme.</numerusform>
            <numerusform>%1 appels n’y ont pas de prix et ne sont dans aucune somme.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n talking</source>
        <translation>
            <numerusform>%n en appel</numerusform>
            <numerusform>%n en appel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be paid</source>
        <translation>
            <numerusform>%n à encaisser</numerusform>
            <numerusform>%n à encaisser</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TariffWindow</name>
    <message>
        <source>Tariffs</source>
        <translation>Tarifs</translation>
    </message>
    <message>
        <source>To the counter</source>
        <translation>Au comptoir</translation>
    </message>
    <message>
        <source>Ctrl+Space</source>
        <translation>Ctrl+Espace</translation>
    </message>
    <message>
        <source>Undo import</source>
        <translation>Revenir à la version d’avant</translation>
    </message>
    <message>
        <source>Counter: %1</source>
        <translation>Comptoir&#xa0;: %1</translation>
    </message>
    <message>
        <source>Activated. If it was wrong, the version before holds again in one click.</source>
        <translation>Activé. En cas d’erreur, la version précédente revient en un geste.</translation>
    </message>
</context>
<context>
    <name>TenderForm</name>
    <message>
        <source>Cash</source>
        <translation>Espèces</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Amount received</source>
        <translation>Montant reçu</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>À rendre</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exact</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>À rendre %1</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>Locked</source>
        <translation>Verrouillée</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>Déverrouillée</translation>
    </message>
    <message>
        <source>Dialling</source>
        <translation>Numérotation</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Sonnerie</translation>
    </message>
    <message>
        <source>On a call</source>
        <translation>En appel</translation>
    </message>
    <message>
        <source>To be paid</source>
        <translation>À encaisser</translation>
    </message>
    <message>
        <source>Out of service</source>
        <translation>Hors service</translation>
    </message>
    <message>
        <source>No news</source>
        <translation>Sans nouvelles</translation>
    </message>
    <message>
        <source>total %1</source>
        <translation>total %1</translation>
    </message>
    <message>
        <source>Booth %1</source>
        <translation>Cabine %1</translation>
    </message>
    <message>
        <source>Emergency call</source>
        <translation>Appel d’urgence</translation>
    </message>
    <message>
        <source>Locking…</source>
        <translation>Verrouillage…</translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>Déverrouillage…</translation>
    </message>
    <message>
        <source>%1 · deposit</source>
        <translation>%1 · dépôt</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>depuis %1</translation>
    </message>
    <message>
        <source>Taken out of service</source>
        <translation>Mise hors service</translation>
    </message>
    <message>
        <source>The exchange is away</source>
        <translation>Le central est absent</translation>
    </message>
    <message>
        <source>ended %1 ago</source>
        <translation>terminé il y a %1</translation>
    </message>
    <message>
        <source>just ended</source>
        <translation>vient de finir</translation>
    </message>
    <message>
        <source>Nothing used</source>
        <translation>Rien de consommé</translation>
    </message>
    <message>
        <source>Waiting for a number</source>
        <translation>En attente de numérotation</translation>
    </message>
    <message>
        <source>Deposit</source>
        <translation>Dépôt</translation>
    </message>
    <message>
        <source>Postpaid</source>
        <translation>Postpayé</translation>
    </message>
    <message>
        <source>Free and never blocked</source>
        <translation>Gratuit, jamais bloqué</translation>
    </message>
    <message>
        <source>Free number</source>
        <translation>Numéro gratuit</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>Urgence</translation>
    </message>
    <message>
        <source>Unlock not confirmed</source>
        <translation>Déverrouillage non confirmé</translation>
    </message>
    <message>
        <source>Lock not confirmed</source>
        <translation>Verrou non confirmé</translation>
    </message>
    <message>
        <source>No price: a manager decides</source>
        <translation>Sans prix&#xa0;: au responsable</translation>
    </message>
    <message>
        <source>Tried to dial at %1</source>
        <translation>Essai de numéroter à %1</translation>
    </message>
    <message>
        <source>Display not answering</source>
        <translation>Afficheur muet</translation>
    </message>
    <message>
        <source>Sold below cost</source>
        <translation>Vendu à perte</translation>
    </message>
    <message>
        <source>Cut: needs the manager&apos;s key</source>
        <translation>Coupé&#xa0;: clé du responsable</translation>
    </message>
    <message>
        <source>Cut: forbidden destination</source>
        <translation>Coupé&#xa0;: destination interdite</translation>
    </message>
    <message>
        <source>free for %1</source>
        <translation>libre depuis %1</translation>
    </message>
    <message>
        <source>free</source>
        <translation>libre</translation>
    </message>
    <message>
        <source>rings %1</source>
        <translation>sonne %1</translation>
    </message>
    <message>
        <source>deposit %1 · left %2</source>
        <translation>dépôt %1 · reste %2</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Menu (Alt+M)</source>
        <translation>Menu (Alt+M)</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>PRACTICE</source>
        <translation>EXERCICE</translation>
    </message>
    <message>
        <source>Till %1 · %2</source>
        <translation>Caisse %1 · %2</translation>
    </message>
    <message>
        <source>To check: %1</source>
        <translation>À vérifier&#xa0;: %1</translation>
    </message>
    <message>
        <source>Calls and news that need a look</source>
        <translation>Appels et nouvelles à regarder</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Central</translation>
    </message>
    <message>
        <source>away</source>
        <translation>absent</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>connexion</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>lecture</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>connecté</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>refusé</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Imprimante</translation>
    </message>
    <message>
        <source>%1 · %2 queued</source>
        <translation>%1 · %2 en file</translation>
    </message>
    <message>
        <source>Displays %1/%2</source>
        <translation>Afficheurs %1/%2</translation>
    </message>
    <message>
        <source>All booth displays answer</source>
        <translation>Tous les afficheurs répondent</translation>
    </message>
    <message numerus="yes">
        <source>%n booth display(s) not answering</source>
        <translation>
            <numerusform>%n afficheur ne répond pas</numerusform>
            <numerusform>%n afficheurs ne répondent pas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VersionsPage</name>
    <message>
        <source>Tariffs</source>
        <translation>Tarifs</translation>
    </message>
    <message>
        <source>Each import is a version of its own; the one before it can hold again.</source>
        <translation>Chaque import est une version&#xa0;; la précédente peut valoir à nouveau.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importer…</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Ctrl+O</translation>
    </message>
    <message>
        <source>Undo import</source>
        <translation>Revenir à la version d’avant</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Check margins…</source>
        <translation>Vérifier les marges…</translation>
    </message>
    <message>
        <source>Try on last month&apos;s calls…</source>
        <translation>Essayer sur le mois dernier…</translation>
    </message>
    <message>
        <source>Prices from costs…</source>
        <translation>Prix selon les coûts…</translation>
    </message>
    <message>
        <source>Price list…</source>
        <translation>Liste des prix…</translation>
    </message>
    <message>
        <source>No prices yet</source>
        <translation>Pas encore de prix</translation>
    </message>
    <message>
        <source>Import a file with your prices. Or import what your carrier asks, and let prices be made of it: cost × factor.</source>
        <translation>Importez un fichier de vos prix. Ou importez ce que demande votre opérateur et faites-en des prix&#xa0;: coût × facteur.</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>Importer un fichier…</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>Tariff</source>
        <translation>Tarif</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Prefixes</source>
        <translation>Préfixes</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>%1 (costs)</source>
        <translation>%1 (coûts)</translation>
    </message>
    <message>
        <source>✕ undone</source>
        <translation>✕ annulée</translation>
    </message>
    <message>
        <source>● in force from the beginning</source>
        <translation>● en vigueur depuis le début</translation>
    </message>
    <message>
        <source>● in force since %1</source>
        <translation>● en vigueur depuis le %1</translation>
    </message>
    <message>
        <source>◷ from %1 %2</source>
        <translation>◷ à partir du %1 %2</translation>
    </message>
    <message>
        <source>before, from %1</source>
        <translation>avant, à partir du %1</translation>
    </message>
    <message>
        <source>“%1” of %2</source>
        <translation>«&#xa0;%1&#xa0;» du %2</translation>
    </message>
    <message>
        <source>%1 will not begin; what holds now goes on.</source>
        <translation>%1 ne commencera pas&#xa0;; ce qui vaut maintenant continue.</translation>
    </message>
    <message>
        <source>%1 is taken back. No version is left: calls will have no price.</source>
        <translation>%1 est annulée. Aucune version ne reste&#xa0;: les appels seront sans prix.</translation>
    </message>
    <message>
        <source>%1 is taken back; %2 holds again. What was charged stays charged.</source>
        <translation>%1 est annulée&#xa0;; %2 vaut à nouveau. Ce qui a été facturé le reste.</translation>
    </message>
    <message>
        <source>“%1” is taken back.</source>
        <translation>«&#xa0;%1&#xa0;» est annulée.</translation>
    </message>
    <message>
        <source>“%1” is a manager&apos;s decision.</source>
        <translation>«&#xa0;%1&#xa0;»&#xa0;: c’est au responsable d’en décider.</translation>
    </message>
    <message>
        <source>Export the version</source>
        <translation>Exporter la version</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Enregistré sous %1.</translation>
    </message>
</context>
<context>
    <name>WhatIfPage</name>
    <message>
        <source>The last day is before the first one.</source>
        <translation>Le dernier jour précède le premier.</translation>
    </message>
    <message>
        <source>Pricing the calls again…</source>
        <translation>Nouveau calcul des appels…</translation>
    </message>
    <message>
        <source>the new prices</source>
        <translation>les nouveaux prix</translation>
    </message>
    <message>
        <source>What if: “%1”</source>
        <translation>Et avec «&#xa0;%1&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>The same calls, priced by it. Nothing is changed.</source>
        <translation>Les mêmes appels, à ces prix. Rien n’est changé.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>to</source>
        <translation>au</translation>
    </message>
    <message>
        <source>Work it out</source>
        <translation>Calculer</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>By destination</source>
        <translation>Par destination</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>They brought</source>
        <translation>Ils ont rapporté</translation>
    </message>
    <message>
        <source>They would bring</source>
        <translation>Ils rapporteraient</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Écart</translation>
    </message>
    <message>
        <source>Margin without tax</source>
        <translation>Marge hors taxe</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Talked</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Coût</translation>
    </message>
    <message>
        <source>No calls in these days.</source>
        <translation>Aucun appel ces jours-là.</translation>
    </message>
</context>
</TS>
